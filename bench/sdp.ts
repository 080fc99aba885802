/** Where sound is wanted. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Where nobody listens. */
const nowhere = 40_000;

/** An offer or an answer (RFC 4566): A-law, and nothing to be understood by anybody else. */
export const sdp = (host: string, port = nowhere): string =>
  [
    'v=0',
    `o=- 1 1 IN IP4 ${host}`,
    's=-',
    `c=IN IP4 ${host}`,
    't=0 0',
    `m=audio ${port} RTP/AVP 8 0 101`,
    'a=rtpmap:101 telephone-event/8000',
    '',
  ].join('\r\n');

/** What the other side says of it. */
export const soundOf = (body: string): Address => ({
  host: /^c=IN IP4 (\S+)/m.exec(body)?.[1] ?? '127.0.0.1',
  port: Number(/^m=audio (\d+)/m.exec(body)?.[1] ?? nowhere),
});
