import type { CallFact } from '../fact/fact.ts';
import { candidatesOf, decisionAbout } from '../routing/candidates.ts';
import type { Decided } from './recording.ts';

/** What a fact says was decided; undefined when it tells of something else. */
export const decidedOf = (fact: CallFact, n: number): Decided | undefined => {
  const { at } = fact;
  switch (fact.type) {
    case 'CallQueued':
      return { at, n, is: 'queued', queue: fact.queue, place: fact.position };
    case 'PlaceChanged':
      return { at, n, is: 'placed', queue: fact.queue, place: fact.position };
    case 'QueueRefused':
      return { at, n, is: 'refused', queue: fact.queue, exit: fact.exit };
    case 'AgentOffered': {
      const [chosen] = candidatesOf(decisionAbout(fact.decision, fact.agent));
      return { at, n, is: 'offered', queue: fact.queue, agent: fact.agent, because: chosen?.reason ?? '' };
    }
    case 'CallAnswered':
      return { at, n, is: 'answered', agent: fact.agent };
    case 'CallbackRequested':
      return { at, n, is: 'promised', queue: fact.queue };
    case 'QueueLeft': {
      const { queue, outcome, waitedMs, exit } = fact;
      return { at, n, is: 'left', queue, outcome, waitedMs, ...(exit === undefined ? {} : { exit }) };
    }
    default:
      return undefined;
  }
};

/** The same decision in the same moment, whatever its number. */
export const isSameDecision = (one: Decided, other: Decided): boolean => {
  if (one.at !== other.at || one.is !== other.is) return false;
  switch (one.is) {
    case 'queued':
    case 'placed':
      return other.is === one.is && one.queue === other.queue && one.place === other.place;
    case 'refused':
      return other.is === one.is && one.queue === other.queue && one.exit === other.exit;
    case 'offered':
      return other.is === one.is && one.queue === other.queue && one.agent === other.agent;
    case 'answered':
      return other.is === one.is && one.agent === other.agent;
    case 'promised':
      return other.is === one.is && one.queue === other.queue;
    case 'left':
      return (
        other.is === one.is &&
        one.queue === other.queue &&
        one.outcome === other.outcome &&
        one.waitedMs === other.waitedMs &&
        one.exit === other.exit
      );
  }
};
