import { contact, politeness, type StreamCodec, sessionDescription, speak } from './session.ts';
import { act, type Duration, literal, pause, receive, scenario, send, sendReliably, type Value } from './xml.ts';

/** Keys pressed in a call. */
export interface Keys {
  /** After the answer, or after the keys before. */
  readonly after: Duration;
  readonly digits: Value;
  /** As RFC 4733 events in the RTP stream, or as SIP INFO; RTP. */
  readonly by?: 'rtp' | 'info';
}

/** Someone who calls. */
export interface CallerScenario {
  /** The number dialled. */
  readonly number: Value;
  /** The user part of From; sent as it is, however odd. */
  readonly callerNumber: Value;
  /** The display name of From, put between quotes as it is. */
  readonly callerName?: Value;
  /** The whole From value up to its tag, in place of name and number, for malformed ones. */
  readonly from?: Value;
  /** More headers of the INVITE, sent as they are. */
  readonly headers?: readonly (readonly [name: string, value: Value])[];
  /** In order of preference; G.711 µ-law. */
  readonly codecs?: readonly StreamCodec[];
  /** A file of sound in the first codec, spoken over and over from the answer on; silence (no RTP) without one. */
  readonly sound?: string;
  readonly keys?: readonly Keys[];
  /** How long the caller stays after the answer and the keys, and then hangs up, unless the other side does before. */
  readonly stay: Duration;
  /** How long it may ring before the caller gives up and the call counts as failed; 3 min. */
  readonly ringMs?: number;
}

/**
 * The scenario of someone who calls a number: INVITE, waits for the answer, presses keys, stays, hangs up. The peer may
 * hang up or re-INVITE at any time. A call that is refused or not answered fails.
 */
export const callerScenario = (caller: CallerScenario): string => {
  const { codecs = ['pcmu'], keys = [], headers = [], sound } = caller;
  const [codec = 'pcmu'] = codecs;
  const parties = new Parties(caller);
  return scenario('caller', [
    sendReliably(
      [
        `INVITE ${parties.target} SIP/2.0`,
        ...parties.headers('INVITE', ''),
        contact,
        ...headers.map(([name, value]) => `${name}: ${literal(value)}`),
        'Content-Type: application/sdp',
        'Content-Length: [len]',
        '',
        ...sessionDescription(codecs),
      ],
      'start_txn="invite"',
    ),
    receive({ response: 100 }, 'optional="true" response_txn="invite"'),
    receive({ response: 180 }, 'optional="true" response_txn="invite"'),
    receive({ response: 183 }, 'optional="true" response_txn="invite"'),
    receive({ response: 200 }, `rrs="true" response_txn="invite" timeout="${caller.ringMs ?? 180_000}"`),
    send([`ACK ${parties.contact} SIP/2.0`, ...parties.headers('ACK'), 'Content-Length: 0', ''], 'ack_txn="invite"'),
    ...(sound === undefined ? [] : [speak(sound, codec)]),
    ...keys.flatMap(({ after, digits, by = 'rtp' }) => [
      pause(after),
      ...(by === 'rtp' ? [play(digits)] : byInfo(digits, parties)),
    ]),
    pause(caller.stay),
    sendReliably([`BYE ${parties.contact} SIP/2.0`, ...parties.headers('BYE'), 'Content-Length: 0', '']),
    receive({ response: 200 }),
    ...politeness(codecs),
  ]);
};

/** 100 ms for each key, as a person presses. */
const play = (digits: Value): string => act(`<exec play_dtmf="${literal(digits)},100"/>`);

const byInfo = (digits: Value, parties: Parties): readonly string[] => {
  if (typeof digits !== 'string') throw new TypeError('keys by SIP INFO are sent one by one, and cannot be injected');
  return [...digits].flatMap((digit) => [
    sendReliably([
      `INFO ${parties.contact} SIP/2.0`,
      ...parties.headers('INFO'),
      'Content-Type: application/dtmf-relay',
      'Content-Length: [len]',
      '',
      `Signal=${literal(digit)}`,
      'Duration=100',
    ]),
    receive({ response: 200 }),
  ]);
};

/** The headers by which a caller's requests name the two parties. */
class Parties {
  readonly target: string;
  /** Where the peer said that it is to be found. */
  readonly contact = '[next_url]';
  private readonly from: string;

  constructor({ number, callerNumber, callerName, from }: CallerScenario) {
    this.target = `sip:${literal(number)}@[remote_ip]:[remote_port]`;
    const name = callerName === undefined ? '' : `"${literal(callerName)}" `;
    this.from = from === undefined ? `${name}<sip:${literal(callerNumber)}@[local_ip]:[local_port]>` : literal(from);
  }

  /** Via to CSeq; `toTag` is the peer's by default. */
  headers(method: string, toTag = '[peer_tag_param]'): readonly string[] {
    return [
      'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch];rport',
      `From: ${this.from};tag=[pid]lab[call_number]`,
      `To: <${this.target}>${toTag}`,
      'Call-ID: [call_id]',
      `CSeq: [cseq] ${method}`,
      'Max-Forwards: 70',
    ];
  }
}
