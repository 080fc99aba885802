import type { AdmissionLimit } from '../admission/strain.ts';
import type { Fact } from '../fact/fact.ts';

/** How the house turns callers away after one more fact; the same while nothing of it has changed. */
export const admissionAfter = (before: AdmissionLimit | null, fact: Fact): AdmissionLimit | null => {
  switch (fact.type) {
    case 'CallTurnedAway':
      return before && { ...before, because: fact.because, turnedAway: before.turnedAway + 1 };
    case 'SupervisorAlerted':
      // Told after the first caller has been turned away.
      if (fact.alert.is === 'admission-limited') return { since: fact.at, because: fact.alert.because, turnedAway: 1 };
      return fact.alert.is === 'admission-open' ? null : before;
    case 'ExchangeRecovered':
      return fact.admission ?? null;
    default:
      return before;
  }
};
