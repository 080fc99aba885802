import type { CallEvent } from '../call/event.ts';
import type { ExchangeEvent } from './event.ts';
import type { Floor } from './floor.ts';
import type { Outcome } from './outcome.ts';
import { settle } from './settle.ts';
import { happen } from './take.ts';

/** A supervisor moves somebody who waits. */
export const callerAsked = (
  { call: id, request, at, by }: Extract<ExchangeEvent, { type: 'CallerAsked' }>,
  floor: Floor,
): Outcome => {
  const turn = floor.turn(at);
  const call = floor.calls.get(id);
  if (call === undefined) return turn.refuse('no-such-call');
  if (call.phase !== 'queued') return turn.refuse('not-waiting');
  if (request.to === 'queue' && floor.rulesFor(request.queue, id) === undefined) return turn.refuse('no-such-queue');
  const event: CallEvent =
    request.to === 'queue'
      ? { type: 'QueueChanged', at, queue: request.queue, by }
      : { type: 'PriorityChanged', at, priority: request.priority, by };
  happen(call, event, turn, floor);
  return settle(turn, floor);
};
