import type { CallId } from '../ids.ts';

/** Something in which call control and Asterisk were not of one mind, found by comparing the two, and put right. */
export interface Drift {
  readonly is: /** It happened while nobody listened. */
    | 'event-missed'
    /** It had been asked for, and was not done. */
    | 'request-lost'
    /** A leg or a bridge of no call any more. */
    | 'left-over'
    /** A caller whom no call knew. */
    | 'caller-unknown';
  readonly call: CallId;
  /** In call control's own word: the event or the request, as `LegEnded`, `Connect`. */
  readonly what: string;
}
