import type { CallEvent } from '../call/event.ts';
import type { Extension } from '../ids.ts';
import type { PhoneTarget } from '../policy/roster.ts';
import type { Instant } from '../time.ts';
import type { ExchangeEvent } from './event.ts';
import type { Floor } from './floor.ts';
import type { Outcome } from './outcome.ts';
import { freeSlot } from './parking.ts';
import { settle } from './settle.ts';
import { happen } from './take.ts';

/** Those who talk want a third to join, or the call parked. */
export const talkAsked = (
  { call: id, request, at }: Extract<ExchangeEvent, { type: 'TalkAsked' }>,
  floor: Floor,
): Outcome => {
  const turn = floor.turn(at);
  const call = floor.calls.get(id);
  if (call === undefined) return turn.refuse('no-such-call');
  if (call.phase !== 'talking' || call.held !== undefined) return turn.refuse('not-talking');
  if (call.third !== undefined) return turn.refuse('three-already');
  if (request.to === 'add') {
    const wanted = thirdFor(request.target, at, floor);
    if (typeof wanted === 'string') return turn.refuse(wanted);
    happen(call, wanted, turn, floor);
    return settle(turn, floor);
  }
  // The place is told to the phone, and that phone rings when nobody fetches the call: it has to be one of the house.
  if (!floor.desks.has(call.extension as Extension)) return turn.refuse('no-such-phone');
  const slot = freeSlot(floor.calls.values());
  if (slot === undefined) return turn.refuse('no-place-free');
  happen(call, { type: 'Parked', at, slot }, turn, floor);
  return { ...settle(turn, floor), slot };
};

export const holdAsked = (
  { call: id, on, at }: Extract<ExchangeEvent, { type: 'HoldAsked' }>,
  floor: Floor,
): Outcome => {
  const turn = floor.turn(at);
  const call = floor.calls.get(id);
  if (call === undefined) return turn.refuse('no-such-call');
  if (call.phase !== 'talking') return turn.refuse('not-talking');
  if (call.third !== undefined) return turn.refuse('three-already');
  if (call.held?.from === 'phone') return turn.refuse('held-by-phone');
  happen(call, { type: 'HoldAsked', at, on }, turn, floor);
  return settle(turn, floor);
};

const thirdFor = (
  target: PhoneTarget,
  at: Instant,
  floor: Floor,
): (CallEvent & { type: 'ThirdWanted' }) | 'no-such-phone' | 'phone-busy' => {
  if (!('extension' in target)) return { type: 'ThirdWanted', at, target };
  const extension = floor.phoneOf(target.extension);
  const desk = floor.desks.get(extension);
  if (desk === undefined) return 'no-such-phone';
  const seated = floor.agentAt(extension);
  if (desk.doNotDisturb || seated?.busy === true) return 'phone-busy';
  return { type: 'ThirdWanted', at, target: { extension }, ...(seated === undefined ? {} : { agent: seated.agent }) };
};
