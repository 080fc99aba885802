import { callerIdOf } from '../telephony/caller-id.ts';
import { lampOf } from '../telephony/show-messages.ts';
import { codecs, common } from './endpoint-settings.ts';
import { type PjsipObject, yes } from './pjsip-object.ts';
import type { WantedPhone } from './wanted.ts';

/** How often a phone is asked whether it is still there, in s: a phone without power does not sign off. */
export const phonesAskedEveryS = 30;

/**
 * What makes a phone: its password, where it may register, and itself; all named by its extension.
 *
 * The codecs are in the order that is best among phones. When a phone is rung for a caller, `originator` puts the
 * caller's own codec before them (outgoing_call_offer_pref `remote_merge`): caller and phone then speak the same, and
 * nothing is transcoded.
 */
export const phoneObjects = (
  { extension, name, password }: WantedPhone,
  language: string | undefined,
): readonly PjsipObject[] => [
  { type: 'auth', id: extension, settings: { auth_type: 'userpass', username: extension, password } },
  {
    type: 'aor',
    id: extension,
    settings: {
      // A phone that comes back at another address takes the place that it had.
      max_contacts: '1',
      remove_existing: yes,
      qualify_frequency: String(phonesAskedEveryS),
      mailboxes: lampOf(extension),
      voicemail_extension: '*98',
    },
  },
  {
    type: 'endpoint',
    id: extension,
    settings: {
      context: 'from-phone',
      auth: extension,
      aors: extension,
      identify_by: 'username',
      callerid: callerIdOf(name === '' ? extension : name, extension),
      allow: codecs('opus', 'g722', 'alaw', 'ulaw'),
      ...common(language),
      // For phones behind a router that rewrites addresses: answers go where the question came from.
      force_rport: yes,
      rewrite_contact: yes,
      rtp_symmetric: yes,
      // One call makes a phone busy to whoever looks at its state.
      device_state_busy_at: '1',
      // The lamp: told to every phone, and once only to one that asks for it (RFC 3842).
      mailboxes: lampOf(extension),
      // Asterisk writes this one switch otherwise than all others.
      mwi_subscribe_replaces_unsolicited: 'yes',
    },
  },
];
