import type { Recording } from '../sound/recording.ts';
import type { Patience } from '../within.ts';
import { isOver, type PhoneCall } from './phone-call.ts';
import type { PhoneEvent } from './phone-event.ts';
import type { UserAgent } from './user-agent.ts';

/**
 * A phone's keys, which act on the call in hand: the newest that has not ended. Who has several calls at once
 * uses the methods of each PhoneCall instead.
 */
export interface CurrentCall
  extends Pick<
    PhoneCall,
    'answer' | 'decline' | 'hangUp' | 'sendDigits' | 'hold' | 'resume' | 'mute' | 'unmute' | 'transfer'
  > {
  /** The call in hand is established; without one, the next call is awaited. */
  established(patience: Patience): Promise<PhoneEvent>;
  /** The call in hand has ended; without one, the newest call, or else the next. */
  ended(patience: Patience): Promise<PhoneEvent>;
  /** What was heard so far in the newest call. */
  heard(): Promise<Recording>;
}

/** There is no call on which to press this key. */
export class NoCall extends Error {
  override readonly name = 'NoCall';
}

/** The keys of a user agent. */
export const currentCall = ({ calls, events }: Pick<UserAgent, 'calls' | 'events'>): CurrentCall => {
  const live = (): PhoneCall | undefined => calls.findLast(({ id }) => !isOver(events, id));
  const inHand = (): PhoneCall => {
    const call = live();
    if (call === undefined) throw new NoCall('there is no call');
    return call;
  };
  const next = async ({ withinMs }: Patience): Promise<PhoneCall> => {
    const known = calls.length;
    await events.first(() => calls.length > known, { withinMs, since: Date.now(), what: 'there was no call' });
    return inHand();
  };
  return {
    answer: async () => inHand().answer(),
    decline: async () => inHand().decline(),
    hangUp: async () => inHand().hangUp(),
    sendDigits: async (digits) => inHand().sendDigits(digits),
    hold: async () => inHand().hold(),
    resume: async () => inHand().resume(),
    mute: async () => inHand().mute(),
    unmute: async () => inHand().unmute(),
    transfer: async (target) => inHand().transfer(target),
    established: async (patience) => (live() ?? (await next(patience))).established(patience),
    ended: async (patience) => (live() ?? calls.at(-1) ?? (await next(patience))).ended(patience),
    heard: async () => {
      const newest = calls.at(-1);
      if (newest === undefined) throw new NoCall('there was no call');
      return newest.heard();
    },
  };
};
