import type { Baresip } from '../baresip/process.ts';
import type { WritableHistory } from '../history.ts';
import type { SipMessage } from '../sip/message.ts';
import type { HeardCalls } from './heard.ts';
import type { PhoneCall } from './phone-call.ts';
import type { PhoneEvent } from './phone-event.ts';

/** What a call needs of the user agent it belongs to. */
export interface CallContext {
  readonly baresip: Pick<Baresip, 'command'>;
  readonly history: WritableHistory<PhoneEvent>;
  readonly heard: HeardCalls;
  /** Those that are on hold, by Call-ID. */
  readonly held: Set<string>;
  /** All calls of the user agent so far. */
  calls(): readonly PhoneCall[];
  /** The SIP messages of the user agent so far. */
  messages(): readonly SipMessage[];
  /** A number of the exchange as a SIP URI. */
  uriOf(number: string): string;
}
