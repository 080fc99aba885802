import { sameBlocks } from './address-block.ts';
import { codecs, common } from './endpoint-settings.ts';
import { no, type PjsipObject, type Setting, yes } from './pjsip-object.ts';
import type { WantedTrunk } from './wanted.ts';

/** How often a carrier is asked whether it is still there, in s. */
const askEvery = 15;

/** How long to wait before registering again, in s: after no answer or a wrong password, and after 403. */
const registerAgain = { soon: 30, forbidden: 300 } as const;

/** As often as it takes: Asterisk would give up after ten times. */
const forEver = '4294967295';

/** The name of everything that makes a trunk. */
export const trunkName = (id: string): string => `trunk-${id}`;

/**
 * What makes a trunk: itself, the addresses that it is known by, and its registration with the carrier.
 *
 * G.711 comes first, as prompts and music lie there in both its laws: a waiting caller costs no transcoding.
 */
export const trunkObjects = (trunk: WantedTrunk, language: string | undefined): readonly PjsipObject[] => {
  const { id, addresses, server, registration } = trunk;
  const name = trunkName(id);
  const knownBy = addresses.length > 0 || server === undefined ? addresses : [hostOf(server)];
  return [
    ...(registration === undefined
      ? []
      : [{ type: 'auth', id: name, settings: { auth_type: 'userpass', ...registration } } as const]),
    {
      type: 'aor',
      id: name,
      settings:
        server === undefined
          ? { contact: onlyValue(''), qualify_frequency: '0' }
          : { contact: onlyValue(`sip:${server}`), qualify_frequency: String(askEvery) },
    },
    {
      type: 'endpoint',
      id: name,
      settings: {
        context: 'from-trunk',
        aors: name,
        outbound_auth: registration === undefined ? '' : name,
        // By address alone: whoever gives this name for their own is not let in without a password.
        identify_by: 'ip',
        // Not a number, and so the caller's own stays in place. An absent one comes back as "unknown" after a restart.
        callerid: name,
        // P-Asserted-Identity (RFC 3325) is the carrier's word for who calls.
        trust_id_inbound: yes,
        // A carrier has nothing to transfer here, and no state to watch.
        allow_transfer: no,
        allow_subscribe: no,
        allow: codecs('alaw', 'ulaw', 'g722', 'opus'),
        ...common(language),
      },
    },
    ...(knownBy.length === 0
      ? []
      : [{ type: 'identify', id: name, settings: { endpoint: name, match: addressesOf(knownBy) } } as const]),
    ...(registration === undefined || server === undefined
      ? []
      : [
          {
            type: 'registration',
            id: name,
            settings: registrationSettings(name, server, registration.username),
          } as const,
        ]),
  ];
};

const registrationSettings = (name: string, server: string, username: string): PjsipObject['settings'] => ({
  server_uri: `sip:${server}`,
  client_uri: `sip:${encodeURIComponent(username)}@${server}`,
  outbound_auth: name,
  // Calls come to the name registered; `line` lets the carrier's other addresses in by a word that only it was told.
  contact_user: encodeURIComponent(username),
  line: yes,
  endpoint: name,
  max_retries: forEver,
  retry_interval: String(registerAgain.soon),
  forbidden_retry_interval: String(registerAgain.forbidden),
  auth_rejection_permanent: no,
});

const onlyValue = (value: string): Setting => ({
  value,
  addsUp: true,
  isThere: (values) => values.length === 1 && values[0] === value,
});

const addressesOf = (addresses: readonly string[]): Setting => ({
  value: addresses.join(','),
  addsUp: true,
  isThere: (values) => sameBlocks(addresses, values),
});

/** `sip.example.net` of `sip.example.net:5060`, `2001:db8::1` of `[2001:db8::1]:5060`. */
const hostOf = (server: string): string => /^\[(.+)\]/.exec(server)?.[1] ?? server.replace(/:\d+$/, '');
