import type { ExchangeEvent } from './event.ts';
import type { Floor } from './floor.ts';
import type { Outcome } from './outcome.ts';
import { settle } from './settle.ts';
import { happen } from './take.ts';

export const callHappened = (
  { call: id, event }: Extract<ExchangeEvent, { type: 'CallHappened' }>,
  floor: Floor,
): Outcome => {
  const turn = floor.turn(event.at);
  const call = floor.calls.get(id);
  if (call === undefined) {
    // The call is over; a phone that answers now rings for nobody.
    if (event.type === 'LegAnswered') turn.command(id, [{ type: 'HangUp', channel: event.leg, cause: 'normal' }]);
    return turn.outcome();
  }
  happen(call, event, turn, floor);
  return settle(turn, floor);
};
