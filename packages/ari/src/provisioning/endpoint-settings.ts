import { no, type PjsipObject, type Setting } from './pjsip-object.ts';

/**
 * Who made an endpoint. Only what bears this is ever deleted: the same Asterisk may have phones that others look after.
 * (An account code means nothing here, and stays with the endpoint in Asterisk's database.)
 */
export const mark = { attribute: 'accountcode', value: 'cordboard' } as const;

/** How long a party that is cut off may go on being taken for present, in s. */
const silence = { talking: 30, onHold: 300, keepAliveEvery: 15 } as const;

/** What all endpoints have in common. */
export const common = (language: string | undefined): PjsipObject['settings'] => ({
  [mark.attribute]: mark.value,
  language: language ?? '',
  // Media goes through Asterisk: prompts, music and recording need it, and so does knowing that a party has gone.
  direct_media: no,
  // A party whose network has gone sends no BYE. One that is on hold may be silent for longer.
  rtp_timeout: String(silence.talking),
  rtp_timeout_hold: String(silence.onHold),
  rtp_keepalive: String(silence.keepAliveEvery),
  // Asterisk asks in good time whether the call is still there, also of those that cannot do session timers (RFC 4028).
  timers: 'always',
  // As telephone-event (RFC 4733), and in the sound itself from those that cannot.
  dtmf_mode: 'auto',
  // Who is at the other end has been said with the INVITE: no re-INVITE at each answer just to repeat it.
  send_connected_line: 'no',
});

/** Codecs, best first; none beside them. */
export const codecs = (...names: readonly ('opus' | 'g722' | 'alaw' | 'ulaw')[]): Setting => ({
  value: `!all,${names.join(',')}`,
  isThere: ([known]) => known === `(${names.join('|')})`,
});
