import { answerTo, contact, over, politeness, type StreamCodec, sessionDescription, speak } from './session.ts';
import { type Duration, goTo, label, pause, receive, scenario, send, sendReliably } from './xml.ts';

/** What someone who is called does about it. */
export type Behaviour =
  /** Rings, answers, and hangs up after a while unless the caller does before. */
  | { readonly type: 'answer'; readonly ringMs: Duration; readonly talkMs: Duration }
  /** Rings, answers, and waits for the caller to hang up. */
  | { readonly type: 'answer-and-stay'; readonly ringMs: Duration }
  /** Rings until the caller gives up. */
  | { readonly type: 'never-answer' }
  /** Refuses after a while: 486 busy, 603 decline, 404, 503 … */
  | { readonly type: 'refuse'; readonly status: number; readonly ringMs?: Duration }
  /** Takes no notice at all, as a network that has gone. */
  | { readonly type: 'silent' };

/** Someone who is called. */
export interface CalledScenario {
  readonly behaviour: Behaviour;
  /** In order of preference; G.711 µ-law. */
  readonly codecs?: readonly StreamCodec[];
  /** A file of sound in the first codec, spoken over and over from the answer on; silence (no RTP) without one. */
  readonly sound?: string;
}

/** The scenario of an agent's phone: any number of calls at once, each treated alike, whoever in particular is called. */
export const agentScenario = ({ behaviour, codecs = ['pcmu'], sound }: CalledScenario): string =>
  scenario('called', [
    // An exchange asks from time to time whether somebody is there, and calls nobody who does not answer.
    receive({ request: 'OPTIONS' }, 'optional="true" next="asked"'),
    receive({ request: 'INVITE' }, '', rememberInvite),
    ...inBehaviour(behaviour, codecs, sound),
    goTo(over),
    label('asked'),
    send(answerTo('200 OK')),
    ...politeness(codecs, [send(answerTo('200 OK')), ...refusal(487)]),
    '<Reference variables="via,from,to,cseq"/>',
  ]);

/** The INVITE's own headers, for an answer to it after other requests have come; its sender's address, for our BYE. */
const rememberInvite = [
  ...['Via', 'From', 'To', 'CSeq'].map(
    (name) => `<ereg regexp=".*" search_in="hdr" header="${name}:" assign_to="${name.toLowerCase()}"/>`,
  ),
  '<ereg regexp="sip:[^&gt;;]*" search_in="hdr" header="Contact:" assign_to="peer"/>',
].join('');

const inBehaviour = (behaviour: Behaviour, codecs: readonly StreamCodec[], sound?: string): readonly string[] => {
  switch (behaviour.type) {
    case 'answer':
      return [...ring, pause(behaviour.ringMs), ...accept(codecs, sound), pause(behaviour.talkMs), ...hangUp];
    case 'answer-and-stay':
      return [...ring, pause(behaviour.ringMs), ...accept(codecs, sound), pause(forEver), ...hangUp];
    case 'never-answer':
      return [...ring, pause(forEver), ...hangUp];
    case 'refuse':
      return [
        ...(behaviour.ringMs === undefined ? [] : [...ring, pause(behaviour.ringMs)]),
        ...refusal(behaviour.status),
      ];
    case 'silent':
      return [pause(forEver)];
  }
};

/** Longer than any laboratory test: a day. */
const forEver = 86_400_000;

const toTag = ';tag=[pid]lab[call_number]';

const inDialog = (status: string, extra: readonly string[] = [], body: readonly string[] = []): readonly string[] => [
  `SIP/2.0 ${status}`,
  'Via:[$via]',
  'From:[$from]',
  `To:[$to]${toTag}`,
  'Call-ID: [call_id]',
  'CSeq:[$cseq]',
  ...extra,
  ...(body.length > 0 ? ['Content-Type: application/sdp'] : []),
  'Content-Length: [len]',
  '',
  ...body,
];

const ring = [send(inDialog('180 Ringing', [contact]))];

const accept = (codecs: readonly StreamCodec[], sound?: string): readonly string[] => [
  sendReliably(inDialog('200 OK', [contact], sessionDescription(codecs))),
  receive({ request: 'ACK' }),
  ...(sound === undefined ? [] : [speak(sound, codecs[0] ?? 'pcmu')]),
];

const hangUp = [
  sendReliably([
    'BYE [$peer] SIP/2.0',
    'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch];rport',
    `From:[$to]${toTag}`,
    'To:[$from]',
    'Call-ID: [call_id]',
    'CSeq: [cseq] BYE',
    'Max-Forwards: 70',
    'Content-Length: 0',
    '',
  ]),
  receive({ response: 200 }),
];

const refusal = (status: number): readonly string[] => [
  sendReliably(inDialog(`${status} ${reasons[status] ?? 'Refused'}`)),
  receive({ request: 'ACK' }),
  goTo(over),
];

/** RFC 3261 §21. */
const reasons: Readonly<Record<number, string>> = {
  404: 'Not Found',
  408: 'Request Timeout',
  480: 'Temporarily Unavailable',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  500: 'Server Internal Error',
  503: 'Service Unavailable',
  600: 'Busy Everywhere',
  603: 'Decline',
};
