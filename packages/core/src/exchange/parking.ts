import type { CallState, In } from '../call/state.ts';

/** Places for parked calls: 1 to 99. */
const places = 99;

/** `*7` and a place: fetches the call that is parked there. */
export const slotDialled = (dialled: string): number | undefined => {
  const slot = /^\*7([1-9]\d?)$/.exec(dialled)?.[1];
  return slot === undefined ? undefined : Number(slot);
};

/** Where a phone wants its call parked that it transfers there: in this place, or in any for `*7` alone. */
export const placeWanted = (dialled: string): number | 'any' | undefined =>
  dialled === '*7' ? 'any' : slotDialled(dialled);

export const parkedIn = (calls: Iterable<CallState>, slot: number): In<'parked'> | undefined => {
  for (const call of calls) if (call.phase === 'parked' && call.slot === slot) return call;
  return undefined;
};

/** The place wanted, or the lowest that is free; undefined when there is none. */
export const placeFor = (wanted: number | 'any', calls: readonly CallState[]): number | undefined => {
  if (wanted === 'any') return freeSlot(calls);
  return parkedIn(calls, wanted) === undefined ? wanted : undefined;
};

/** The lowest place that is free; undefined when none is. */
export const freeSlot = (calls: Iterable<CallState>): number | undefined => {
  const taken = new Set([...calls].flatMap((call) => (call.phase === 'parked' ? [call.slot] : [])));
  for (let slot = 1; slot <= places; slot += 1) if (!taken.has(slot)) return slot;
  return undefined;
};
