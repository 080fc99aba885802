import type { LegEnd } from '../call/event.ts';

/**
 * Whose fault it is that a call over a trunk was not answered: the trunk's, and another may do better; or it is the
 * called number's answer, which would be the same by every way.
 *
 * @param status the SIP status, where there was one (RFC 3261 §21)
 */
export const isTrunkFault = (cause: LegEnd, status: number | undefined): boolean => {
  if (cause === 'lost') return false;
  if (status === undefined) return cause === 'unreachable' || cause === 'failed';
  return status >= 500 ? status < 600 : ofTrunk.has(status);
};

/** Not let in, not answered in time, no codec in common. */
const ofTrunk: ReadonlySet<number> = new Set([401, 403, 407, 408, 415, 420, 423, 481, 488]);

/** What the trunk said, in words. */
export const faultInWords = (cause: LegEnd, status: number | undefined): string => {
  if (status === 408) return 'no answer to the INVITE';
  if (status !== undefined) return `answered ${status}`;
  return cause === 'unreachable' ? 'cannot be reached' : 'the call could not be placed';
};
