import { act, goTo, label, receive, send } from './xml.ts';

/** A codec that SIPp can stream. */
export type StreamCodec = 'pcmu' | 'pcma';

const payloads = { pcmu: { type: 0, name: 'PCMU/8000' }, pcma: { type: 8, name: 'PCMA/8000' } } as const;

/** The RTP payload type that SIPp's play_dtmf uses, and so what the SDP must say (fill_default_rtphdr, SIPp 3.8). */
const digitPayload = 96;

/** The session description of a party that has one audio stream and keys. */
export const sessionDescription = (codecs: readonly StreamCodec[]): readonly string[] => [
  'v=0',
  'o=lab [pid][call_number] 1 IN IP[local_ip_type] [local_ip]',
  's=-',
  'c=IN IP[media_ip_type] [media_ip]',
  't=0 0',
  `m=audio [media_port] RTP/AVP ${[...codecs.map((codec) => payloads[codec].type), digitPayload].join(' ')}`,
  ...codecs.map((codec) => `a=rtpmap:${payloads[codec].type} ${payloads[codec].name}`),
  `a=rtpmap:${digitPayload} telephone-event/8000`,
  `a=fmtp:${digitPayload} 0-15`,
  'a=ptime:20',
  'a=sendrecv',
];

/** Speaks a raw file of the codec's bytes over and over. */
export const speak = (file: string, codec: StreamCodec): string =>
  act(`<exec rtp_stream="${file},-1,${payloads[codec].type},${payloads[codec].name}"/>`);

/** The answer to the request received last. */
export const answerTo = (status: string, extra: readonly string[] = [], body: readonly string[] = []): string[] => [
  `SIP/2.0 ${status}`,
  '[last_Via:]',
  '[last_From:]',
  '[last_To:]',
  '[last_Call-ID:]',
  '[last_CSeq:]',
  ...extra,
  ...(body.length > 0 ? ['Content-Type: application/sdp'] : []),
  'Content-Length: [len]',
  '',
  ...body,
];

/** Where an answer to INVITE says that its sender is to be found. */
export const contact = 'Contact: <sip:lab@[local_ip]:[local_port];transport=[transport]>';

/** The mark at which a call is over. */
export const over = 'over';

/**
 * What a polite party does at any moment of a call, also while SIPp pauses: it takes the peer's BYE for the end, a
 * CANCEL for the end of the ringing, and answers a re-INVITE, and then goes on where it was. Whatever else comes fails
 * the call. (`_unexp.main` is where SIPp jumps for a message that the current step does not expect.)
 * @param cancelled how to refuse the INVITE that was cancelled, for a party that is called
 */
export const politeness = (codecs: readonly StreamCodec[], cancelled: readonly string[] = []): readonly string[] => [
  goTo(over),
  label('_unexp.main'),
  receive({ request: 'BYE' }, 'optional="true" next="peer-left"'),
  ...(cancelled.length > 0 ? [receive({ request: 'CANCEL' }, 'optional="true" next="cancelled"')] : []),
  receive({ request: 'INVITE' }),
  send(answerTo('200 OK', [contact], sessionDescription(codecs)), 'retrans="500"'),
  receive({ request: 'ACK' }),
  act(
    [
      '<pauserestore variable="_unexp.pausedaddr"/>',
      '<assign assign_to="back" variable="_unexp.retaddr"/>',
      '<assign assign_to="_unexp.retaddr" value="0"/>',
      '<jump variable="back"/>',
    ].join(''),
  ),
  ...(cancelled.length > 0 ? [label('cancelled'), ...cancelled, goTo(over)] : []),
  label('peer-left'),
  send(answerTo('200 OK')),
  label(over),
];
