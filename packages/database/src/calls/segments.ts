import { type CallFact, type CallView, elapsedMs, type Instant, viewAfter } from '@cordboard/core';

/** One stretch of a call in one place, with one queue and one agent. */
export interface CallSegment {
  /** Counts from 1 within the call. */
  readonly n: number;
  /** `menu`, `waiting`, `ringing`, `talking`. */
  readonly place: string;
  readonly queue: string | null;
  readonly agent: string | null;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
}

/**
 * Where the call was, from beginning to end. A stretch that took no time is left out: who dials a queue's number was
 * never in a menu.
 *
 * @param facts of one call, in order.
 */
export const segmentsOf = (facts: readonly CallFact[]): readonly CallSegment[] => {
  const stretches: (Omit<CallSegment, 'n'> & { endedAt: Instant })[] = [];
  let view: CallView | undefined;
  for (const fact of facts) {
    const last = stretches.at(-1);
    if (last !== undefined) last.endedAt = fact.at;
    view = viewAfter(view, fact);
    if (view === undefined || fact.type === 'CallEnded' || (last !== undefined && isThere(view, last))) continue;
    const { place, queue, agent } = view;
    stretches.push({ place, queue, agent, startedAt: fact.at, endedAt: fact.at });
  }
  return stretches
    .filter(({ startedAt, endedAt }) => elapsedMs(startedAt, endedAt) > 0)
    .map((stretch, index) => ({ n: index + 1, ...stretch }));
};

const isThere = (view: CallView, { place, queue, agent }: Omit<CallSegment, 'n'>): boolean =>
  view.place === place && view.queue === queue && view.agent === agent;
