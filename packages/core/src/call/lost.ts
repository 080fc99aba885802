import type { CallHappening } from '../fact/fact.ts';
import type { Step } from './moves.ts';

/** What looks as if the caller had hung up, told as what it was: the call was lost, and the caller has not given up. */
export const lostNotLeft = ([next, commands, happenings]: Step): Step => [
  next.phase === 'ended' && next.disposition === 'abandoned' ? { ...next, disposition: 'lost' } : next,
  commands,
  happenings.map(asLost),
];

const asLost = (happening: CallHappening): CallHappening => {
  switch (happening.type) {
    case 'QueueLeft':
      return happening.outcome === 'abandoned' ? { ...happening, outcome: 'lost' } : happening;
    case 'OfferEnded':
      return happening.outcome === 'caller-left' ? { ...happening, outcome: 'lost' } : happening;
    case 'CallEnded': {
      const disposition = happening.disposition === 'abandoned' ? 'lost' : happening.disposition;
      return { ...happening, disposition, endedBy: 'system' };
    }
    default:
      return happening;
  }
};
