import { elapsedMs } from '../time.ts';
import { callsUnderWay } from './admission.ts';
import type { ExchangeEvent } from './event.ts';
import type { Floor } from './floor.ts';
import type { Outcome } from './outcome.ts';

/** The house says how strained it is: new calls are turned away from now on, or no longer. */
export const strainReported = (
  { strain, at }: Extract<ExchangeEvent, { type: 'StrainReported' }>,
  floor: Floor,
): Outcome => {
  const turn = floor.turn(at);
  const limits = floor.rulebook.current?.admission;
  floor.gate.report(strain, limits, at);
  const over = floor.gate.limited && floor.gate.settled(limits, callsUnderWay(floor), at);
  if (over !== undefined)
    turn.say({
      type: 'SupervisorAlerted',
      at,
      alert: { is: 'admission-open', turnedAway: over.turnedAway, forMs: elapsedMs(over.since, at) },
    });
  return turn.outcome();
};
