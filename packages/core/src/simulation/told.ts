import type { CallFact } from '../fact/fact.ts';

/** The key by which a call went on: of a menu, while waiting, or to decline a callback. */
export const keyPressed = (because: string): string | undefined =>
  /^pressed (.)(?:$| while waiting$|: no callback wished$)/.exec(because)?.[1];

/** How many tries had gone when a node gave up asking; 0 when it did not. */
export const triesOf = (because: string): number => Number(/, (\d+) tries$/.exec(because)?.[1] ?? 0);

export const digitsKeyedIn = (because: string): number | undefined => {
  const count = /^(\d+) digits keyed in$/.exec(because)?.[1];
  return count === undefined ? undefined : Number(count);
};

/** Whether this came of the clock, or may have. */
export const knockedAfter = (fact: CallFact): boolean => {
  switch (fact.type) {
    case 'OfferEnded':
    case 'ExtensionUnanswered':
    case 'NumberUnanswered':
      return fact.outcome === 'no-answer';
    case 'CallbackMissed':
      return fact.because === 'no-agent' || fact.because === 'no-answer';
    case 'QueueLeft':
      return fact.exit === 'timeout' || fact.exit === 'closing';
    case 'OwnerPassed':
    case 'RequirementsRelaxed':
      return true;
    case 'FlowStepped':
      return fact.because.startsWith('the customer directory has not answered');
    case 'HttpAnswered':
      return fact.because.startsWith('no answer within');
    default:
      return false;
  }
};
