import type { History } from '../history.ts';
import type { Recording } from '../sound/recording.ts';
import type { Patience } from '../within.ts';
import type { PhoneEvent, PhoneEventType } from './phone-event.ts';

/** One call as a phone sees it. */
export interface PhoneCall {
  /** The SIP Call-ID of the phone's own leg. */
  readonly id: string;
  readonly direction: 'incoming' | 'outgoing';
  /** When it began, ms since the epoch. */
  readonly at: number;
  /** The peer rings (outgoing calls). */
  ringing(patience: Patience): Promise<PhoneEvent>;
  /**
   * Both sides may speak.
   * @throws CallEnded when it ends without that, NotInTime
   */
  established(patience: Patience): Promise<PhoneEvent>;
  /** It is over; `detail` has the reason, such as `486 Busy Here`. */
  ended(patience: Patience): Promise<PhoneEvent>;
  /** Accept it, while it rings. */
  answer(): Promise<void>;
  /** Refuse it with 486, while it rings. */
  decline(): Promise<void>;
  hangUp(): Promise<void>;
  /** Press keys: RFC 4733 events of 100 ms or so each. */
  sendDigits(digits: string): Promise<void>;
  /** Hold; resolves when the peer has agreed. */
  hold(): Promise<void>;
  /** Go on after hold; whoever this phone talks with meanwhile is put on hold first. */
  resume(): Promise<void>;
  /** Send silence in place of the tone. */
  mute(): Promise<void>;
  unmute(): Promise<void>;
  /** Blind transfer (REFER) to a number of the same exchange. */
  transfer(target: string): Promise<void>;
  /** Attended transfer: joins this call's peer with the peer of another call of this phone (REFER with Replaces). */
  transferTo(consultation: PhoneCall): Promise<void>;
  /** Digits received from the peer so far. */
  digits(): string;
  /** What was heard so far. */
  heard(): Promise<Recording>;
}

/** A call that ended before what was awaited of it. */
export class CallEnded extends Error {
  override readonly name = 'CallEnded';
}

/** Whether the call has ended, by the phone's history. */
export const isOver = (history: History<PhoneEvent>, callId: string): boolean =>
  history.all.some((event) => event.callId === callId && event.type === 'ended');

/**
 * Waits for a call to come to a point.
 * @throws CallEnded, NotInTime
 */
export const callReaches = async (
  history: History<PhoneEvent>,
  callId: string,
  type: PhoneEventType,
  { withinMs }: Patience,
): Promise<PhoneEvent> => {
  const event = await history.first((e) => e.callId === callId && (e.type === type || e.type === 'ended'), {
    withinMs,
    what: `the call was not ${type}`,
  });
  if (event.type !== type) throw new CallEnded(`the call ended (${event.detail ?? 'no reason'}) and was not ${type}`);
  return event;
};
