import type { TrunkChange } from '../trunk/trunk.ts';
import type { ExchangeEvent } from './event.ts';
import type { Floor } from './floor.ts';
import type { Outcome } from './outcome.ts';
import type { Turn } from './turn.ts';

export const trunkReported = (
  { trunk, report, at }: Extract<ExchangeEvent, { type: 'TrunkReported' }>,
  floor: Floor,
): Outcome => {
  const turn = floor.turn(at);
  tellTrunk(floor.trunks.report(trunk, report, at), turn);
  return turn.outcome();
};

/** Whoever shows trunks is told how one stands now, and supervisors when it has gone down. */
export const tellTrunk = (change: TrunkChange | undefined, turn: Turn): void => {
  if (change === undefined) return;
  const { state, down } = change;
  turn.say({ type: 'TrunkChanged', at: turn.at, trunk: state });
  if (down !== undefined)
    turn.say({
      type: 'SupervisorAlerted',
      at: turn.at,
      alert: { is: 'trunk-down', trunk: state.id, because: down },
    });
};
