import { isIP } from 'node:net';
import type { Asked } from './ask.ts';
import type { SipAnswer } from './message.ts';
import type { Registration } from './registration.ts';
import type { Place } from './resolve.ts';

/** What a carrier has answered. */
export interface CarrierAnswers {
  readonly server: string;
  /** Absent: the name stands for nothing. */
  readonly place?: Place;
  /** To OPTIONS; absent: nothing. */
  readonly udp?: Asked;
  readonly tcp?: Asked;
  readonly registration?: Registration;
}

export type FindingCode =
  | 'no-server'
  | 'name-not-found'
  | 'no-answer'
  | 'udp-silent'
  | 'unauthorized'
  | 'forbidden'
  | 'rejected'
  | 'not-registered'
  | 'no-common-codec'
  | 'private-address'
  | 'behind-nat';

/** What is wrong with a trunk, in words that say what to do. */
export interface Finding {
  readonly code: FindingCode;
  readonly message: string;
}

/**
 * What the answers mean.
 * @param lastCall what the carrier said to the last call that failed by its fault: `answered 488`
 */
export const findings = (answers: CarrierAnswers, lastCall: string | null): readonly Finding[] => {
  const { server, place, udp, tcp, registration } = answers;
  if (place === undefined)
    return [
      {
        code: 'name-not-found',
        message: `The name ${server} does not resolve: check its spelling, or the name server.`,
      },
    ];
  const where = `${place.address}:${place.port}`;
  const heard = udp ?? tcp;
  if (heard === undefined && (registration === undefined || registration.is === 'no-answer'))
    return [
      {
        code: 'no-answer',
        message: `Nobody answers at ${where}, neither over UDP nor over TCP: check the address and the port, and that firewalls let SIP through.`,
      },
    ];
  return [
    ...(udp === undefined && tcp !== undefined
      ? [
          {
            code: 'udp-silent' as const,
            message: `${where} answers over TCP and not over UDP, by which calls go: ask the carrier for its UDP port, or open the firewall.`,
          },
        ]
      : []),
    ...ofRegistration(registration),
    ...(heard === undefined
      ? []
      : [...ofAnswer(heard.answer), ...ofCodecs(heard.answer, lastCall), ...ofAddresses(heard, place)]),
  ];
};

const ofRegistration = (registration: Registration | undefined): readonly Finding[] => {
  if (registration === undefined || registration.is === 'registered') return [];
  if (registration.is === 'no-answer')
    return [
      {
        code: 'no-answer',
        message: 'The carrier does not answer registrations: ask it for the address of its registrar.',
      },
    ];
  if (registration.is !== 'rejected')
    return [
      {
        code: 'not-registered',
        message:
          'The carrier takes the password and has no registration of ours: wait half a minute, then check again.',
      },
    ];
  return [refusal(registration.status, 'the registration')];
};

const refusal = (status: number, what: string): Finding => {
  if (status === 401 || status === 407)
    return {
      code: 'unauthorized',
      message: `The carrier does not take the password for ${what} (${status}): check user name and password.`,
    };
  if (status === 403)
    return {
      code: 'forbidden',
      message: `The carrier forbids ${what} (403): check the password, and ask the carrier whether this address may come in.`,
    };
  return { code: 'rejected', message: `The carrier refuses ${what} (${status}): ask the carrier why.` };
};

/** OPTIONS may be refused by who takes calls all the same: only what speaks of us counts. */
const ofAnswer = ({ status }: SipAnswer): readonly Finding[] =>
  status === 403 ? [refusal(status, 'our requests')] : [];

/** What we speak (RFC 3551 table 4, RFC 7587). */
const ours = ['PCMA', 'PCMU', 'G722', 'OPUS'];
const byType: Readonly<Record<string, string>> = { '0': 'PCMU', '8': 'PCMA', '9': 'G722', '18': 'G729', '3': 'GSM' };

const ofCodecs = ({ body }: SipAnswer, lastCall: string | null): readonly Finding[] => {
  const theirs = codecsIn(body);
  const isStrange = theirs.length > 0 && !theirs.some((codec) => ours.includes(codec));
  if (!isStrange && lastCall !== 'answered 488') return [];
  const said = isStrange ? `The carrier speaks ${theirs.join(', ')}` : 'The carrier took none of our codecs (488)';
  return [
    {
      code: 'no-common-codec',
      message: `${said}, and we speak ${ours.join(', ')}: ask the carrier to allow one of these.`,
    },
  ];
};

const codecsIn = (sdp: string): readonly string[] => {
  const types = /^m=audio \d+ \S+ (.*)$/m.exec(sdp)?.[1]?.trim().split(/\s+/) ?? [];
  const named = new Map(
    [...sdp.matchAll(/^a=rtpmap:(\d+) ([^/\s]+)/gm)].map(([, type = '', name = '']) => [type, name]),
  );
  return types
    .map((type) => (named.get(type) ?? byType[type] ?? type).toUpperCase())
    .filter((name) => name !== 'TELEPHONE-EVENT');
};

const ofAddresses = ({ answer, ourAddress }: Asked, { address }: Place): readonly Finding[] => {
  const media = /^c=IN IP[46] (\S+)/m.exec(answer.body)?.[1];
  const contact = /<sips?:(?:[^@>]*@)?\[?([^\]:;>]+)/.exec(answer.headers.get('contact') ?? '')?.[1];
  const seenAs = /;received=([^;\s]+)/.exec(answer.headers.get('via') ?? '')?.[1];
  return [
    ...[...new Set([media, contact])].flatMap((said): readonly Finding[] =>
      said !== undefined && said !== address && isPrivate(said)
        ? [
            {
              code: 'private-address',
              message: `The carrier says that it is at ${said}, which nobody outside its own network can reach: ask it to give its public address.`,
            },
          ]
        : [],
    ),
    ...(seenAs !== undefined && seenAs !== ourAddress && isPrivate(ourAddress)
      ? [
          {
            code: 'behind-nat' as const,
            message: `The carrier sees us at ${seenAs}, and we think that we are at ${ourAddress}: tell Asterisk its external address.`,
          },
        ]
      : []),
  ];
};

/** RFC 1918, RFC 6598, RFC 3927, RFC 4193. */
const isPrivate = (address: string): boolean =>
  isIP(address) !== 0 &&
  /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|169\.254\.|127\.|f[cd])/i.test(
    address,
  );
