import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';

/** A call made of bytes, whatever they are. */
export interface RawInvite {
  /** The codes of all answers so far. */
  readonly statuses: readonly number[];
  close(): void;
}

/** What to say, where from, and where to. */
export interface RawInviteOptions {
  readonly server: { readonly host: string; readonly port: number };
  /** The address it comes from. */
  readonly host: string;
  readonly over: 'udp' | 'tcp';
  /** The number dialled. */
  readonly number: string;
  /** All of the From header's value up to its tag, byte by byte: a character is the byte of its code. */
  readonly from: string;
  /** Added to the address that is called: `;line=…`. */
  readonly parameters?: string;
  /** More headers, line by line. */
  readonly headers?: readonly string[];
}

/** Sends an INVITE past all grammar, and acknowledges whatever refuses it. */
export const sendRawInvite = async (options: RawInviteOptions): Promise<RawInvite> => {
  const { server, host, over, number, from, parameters = '', headers = [] } = options;
  const statuses: number[] = [];
  const way = over === 'udp' ? await byUdp(server, host) : await byTcp(server, host);
  const id = randomUUID();
  const request = (method: 'INVITE' | 'ACK', to: string, body: string): Buffer =>
    Buffer.from(
      [
        `${method} sip:${number}@${server.host}:${server.port}${parameters} SIP/2.0`,
        `Via: SIP/2.0/${over.toUpperCase()} ${host}:${way.port};branch=z9hG4bK${id};rport`,
        `From: ${from};tag=raw`,
        `To: ${to}`,
        `Call-ID: ${id}`,
        `CSeq: 1 ${method}`,
        `Contact: <sip:raw@${host}:${way.port};transport=${over}>`,
        'Max-Forwards: 70',
        ...(method === 'INVITE' ? headers : []),
        ...(body === '' ? [] : ['Content-Type: application/sdp']),
        `Content-Length: ${body.length}`,
        '',
        body,
      ].join('\r\n'),
      'latin1',
    );
  way.onAnswer((answer) => {
    const status = Number(/^SIP\/2\.0 (\d{3})/.exec(answer)?.[1] ?? 0);
    statuses.push(status);
    if (status >= 300) way.send(request('ACK', /^To: *(.*)$/im.exec(answer)?.[1]?.trim() ?? '', ''));
  });
  way.send(request('INVITE', `<sip:${number}@${server.host}>`, description(host)));
  return { statuses, close: way.close };
};

interface Way {
  readonly port: number;
  send(bytes: Buffer): void;
  onAnswer(listener: (answer: string) => void): void;
  close(): void;
}

const byUdp = async (server: RawInviteOptions['server'], host: string): Promise<Way> => {
  const socket = createSocket('udp4').bind({ address: host, port: 0 });
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    send: (bytes) => socket.send(bytes, server.port, server.host),
    onAnswer: (listener) => void socket.on('message', (answer) => listener(String(answer))),
    close: () => socket.close(),
  };
};

const byTcp = async (server: RawInviteOptions['server'], host: string): Promise<Way> => {
  const socket = connect({ ...server, localAddress: host });
  // Asterisk may hang up on nonsense.
  socket.on('error', () => socket.destroy());
  await once(socket, 'connect');
  return {
    port: socket.localPort ?? 0,
    send: (bytes) => void socket.write(bytes),
    onAnswer: (listener) =>
      void socket.on('data', (answers) => {
        for (const answer of String(answers).split(/(?=^SIP\/2\.0)/m)) listener(answer);
      }),
    close: () => socket.destroy(),
  };
};

const description = (host: string): string =>
  ['v=0', `o=- 1 1 IN IP4 ${host}`, 's=-', `c=IN IP4 ${host}`, 't=0 0', 'm=audio 40000 RTP/AVP 8', ''].join('\r\n');
