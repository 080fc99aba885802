import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { parseAnswer, type SipAnswer } from './message.ts';
import type { Place } from './resolve.ts';

export type Transport = 'udp' | 'tcp';

/** A question to a SIP server, without what names the transaction. */
export interface Question {
  readonly method: 'OPTIONS' | 'REGISTER';
  /** Who asks, and in whose name: a SIP URI. */
  readonly from: string;
  readonly to: string;
  readonly uri: string;
  readonly headers?: readonly string[];
}

/** What came back. */
export interface Asked {
  readonly answer: SipAnswer;
  readonly tookMs: number;
  /** The address that we asked from, as we know it. */
  readonly ourAddress: string;
}

/** When a datagram is sent again, in ms from the first (RFC 3261 §17.1.2.2, timer E). */
const againAfterMs = [500, 1500];

/** @returns undefined when nobody answers in time, or nobody is there. */
export const ask = (
  place: Place,
  transport: Transport,
  question: Question,
  withinMs: number,
): Promise<Asked | undefined> =>
  transport === 'udp' ? askByDatagram(place, question, withinMs) : askByStream(place, question, withinMs);

const askByDatagram = ({ address, port }: Place, question: Question, withinMs: number): Promise<Asked | undefined> =>
  new Promise((resolve) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    const timers: NodeJS.Timeout[] = [];
    const end = (asked: Asked | undefined): void => {
      for (const timer of timers) clearTimeout(timer);
      socket.removeAllListeners();
      // Closing a socket that an error has closed already is an error of its own.
      socket.on('error', () => undefined);
      socket.close();
      resolve(asked);
    };
    socket.on('error', () => end(undefined));
    socket.on('connect', () => {
      const { address: ourAddress, port: ourPort } = socket.address();
      const text = questionText(question, 'UDP', `${bracketed(ourAddress)}:${ourPort}`);
      const begunAt = performance.now();
      socket.on('message', (packet) => {
        const answer = parseAnswer(packet.toString());
        if (answer !== undefined && answer.status >= 200)
          end({ answer, tookMs: performance.now() - begunAt, ourAddress });
      });
      const send = (): void => socket.send(text);
      send();
      timers.push(
        ...againAfterMs.map((ms) => setTimeout(send, ms)),
        setTimeout(() => end(undefined), withinMs),
      );
    });
    socket.connect(port, address);
  });

const askByStream = ({ address, port }: Place, question: Question, withinMs: number): Promise<Asked | undefined> =>
  new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const end = (asked: Asked | undefined): void => {
      clearTimeout(timer);
      socket.removeAllListeners();
      socket.on('error', () => undefined);
      socket.destroy();
      resolve(asked);
    };
    const timer = setTimeout(() => end(undefined), withinMs);
    socket.on('error', () => end(undefined));
    socket.on('close', () => end(undefined));
    socket.on('connect', () => {
      const { localAddress: ourAddress = '', localPort } = socket;
      const begunAt = performance.now();
      let text = '';
      socket.on('data', (packet) => {
        text += packet.toString();
        const answer = parseAnswer(text);
        const length = Number(answer?.headers.get('content-length') ?? 0);
        if (answer !== undefined && answer.status >= 200 && answer.body.length >= length)
          end({ answer, tookMs: performance.now() - begunAt, ourAddress });
      });
      socket.write(questionText(question, 'TCP', `${bracketed(ourAddress)}:${localPort}`));
    });
  });

const questionText = (
  { method, uri, from, to, headers = [] }: Question,
  transport: 'UDP' | 'TCP',
  ourPlace: string,
): string =>
  [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/${transport} ${ourPlace};branch=z9hG4bK${random()};rport`,
    'Max-Forwards: 70',
    `From: <${from}>;tag=${random()}`,
    `To: <${to}>`,
    `Call-ID: ${random()}@cordboard`,
    `CSeq: 1 ${method}`,
    ...headers,
    'User-Agent: Cordboard',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');

const random = (): string => randomBytes(8).toString('hex');
export const bracketed = (address: string): string => (address.includes(':') ? `[${address}]` : address);
