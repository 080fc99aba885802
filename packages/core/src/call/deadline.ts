import { earliest, type Instant } from '../time.ts';
import type { CallState } from './state.ts';

/** When something changes for this call by the clock alone. Kept in the state, so that a restarted process sets the same alarm. */
export const callDeadline = (call: CallState): Instant | undefined => {
  switch (call.phase) {
    case 'in-flow':
      return 'until' in call.doing ? call.doing.until : undefined;
    case 'queued':
      return earliest(
        call.leaveAt,
        call.closesAt,
        call.everybodyAt,
        call.relaxAt,
        call.announceAt,
        call.treatment.messageAt,
      );
    case 'offered':
      return earliest(call.offer.until, call.announceAt);
    case 'dialling':
      return earliest(call.until, call.doing.is === 'ringing' ? call.doing.askAt : undefined);
    case 'ringing':
      return earliest(call.until, ...call.legs.map(({ askAt }) => askAt));
    case 'calling-back':
    case 'telling':
      return call.until;
    case 'parked':
      return earliest(call.until, call.telling?.until);
    case 'consulting':
      return call.consult.answered ? undefined : earliest(call.consult.until, call.consult.askAt);
    case 'talking':
      return call.third?.joined === false ? earliest(call.third.until, call.third.askAt) : undefined;
    case 'ended':
      return undefined;
  }
};
