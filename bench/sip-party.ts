import { randomBytes } from 'node:crypto';
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { header, parseAddress, parseSipMessage, type SipMessage } from '@cordboard/sip-lab';
import { digest } from './digest.ts';
import { inTime } from './in-time.ts';
import { insist } from './insist.ts';
import { promised } from './promised.ts';
import { type Address, sdp, soundOf } from './sdp.ts';

/**
 * A SIP user agent (RFC 3261, UDP) with a stop-watch and little else: no transaction timers beyond saying again what was
 * not answered. Caller and agent live in one process, so both ends of a measurement have one clock.
 */
export interface Moment {
  /** `performance.now()`, ms. */
  readonly at: number;
}

export interface IncomingInvite extends Moment {
  readonly callId: string;
  readonly from: { readonly user: string; readonly name: string };
  /** Where the other side wants the sound. */
  readonly sound: Address;
  ring(): void;
  /** @param media the port where sound is wanted; nobody listens when it is left out */
  answer(media?: number): void;
  refuse(status: number, reason: string): void;
  /** Resolves with the moment at which the caller's ACK arrived. */
  readonly acked: Promise<Moment>;
  /** Ends the talk. @returns the moment at which the BYE was sent. */
  bye(): Moment;
  readonly ended: Promise<Moment>;
}

/** How a call that was placed is over. */
export interface Ended extends Moment {
  /** The final answer that says no; undefined: somebody hung up. */
  readonly status?: number;
}

export interface OutgoingCall extends Moment {
  readonly callId: string;
  /** Resolves with the final answer that says yes. */
  readonly answered: Promise<Moment>;
  readonly ended: Promise<Ended>;
  bye(): void;
}

interface Dialog {
  onResponse?: (message: SipMessage, status: number, at: number) => void;
  onRequest?: (message: SipMessage, at: number) => void;
}

const expiresSeconds = 600;

export class SipParty {
  readonly host: string;
  readonly #socket: Socket;
  readonly #server: { readonly host: string; readonly port: number };
  readonly #dialogs = new Map<string, Dialog>();
  readonly #refreshes: NodeJS.Timeout[] = [];
  /** What to do with a call that comes in. */
  onInvite: ((invite: IncomingInvite) => void) | undefined;

  private constructor(socket: Socket, host: string, server: { readonly host: string; readonly port: number }) {
    this.#socket = socket;
    this.host = host;
    this.#server = server;
    socket.on('message', (bytes, from) => this.#received(bytes.toString('latin1'), from, performance.now()));
  }

  /** @param host the address it binds to, and by which a trunk is known. */
  static async open(server: { readonly host: string; readonly port: number }, host = '127.0.0.1'): Promise<SipParty> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(0, host, resolve);
    });
    return new SipParty(socket, host, server);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  close(): void {
    for (const refresh of this.#refreshes) clearInterval(refresh);
    this.#socket.close();
  }

  /** Registers, and again before that expires: some measurements last for hours. */
  async register(user: string, password: string): Promise<void> {
    await this.#registerOnce(user, password);
    const again = async (): Promise<void> => {
      try {
        await this.#registerOnce(user, password);
      } catch (error) {
        console.error(`${user} could not register again, and will not be rung:`, error);
      }
    };
    this.#refreshes.push(setInterval(() => void again(), (expiresSeconds * 1000) / 2).unref());
  }

  /** With digest authentication (RFC 8760's predecessor, MD5, as Asterisk asks). */
  async #registerOnce(user: string, password: string): Promise<void> {
    const callId = id();
    const tag = id();
    let sequence = 0;
    const send = (authorization?: string): Promise<{ status: number; message: SipMessage }> => {
      const answered = promised<{ status: number; message: SipMessage }>();
      sequence += 1;
      const said = this.#insist([
        `REGISTER sip:${this.#server.host}:${this.#server.port} SIP/2.0`,
        this.#via(),
        `From: <sip:${user}@${this.#server.host}>;tag=${tag}`,
        `To: <sip:${user}@${this.#server.host}>`,
        `Call-ID: ${callId}`,
        `CSeq: ${sequence} REGISTER`,
        `Contact: <sip:${user}@${this.host}:${this.port}>`,
        `Expires: ${expiresSeconds}`,
        ...(authorization === undefined ? [] : [authorization]),
      ]);
      this.#dialogs.set(callId, {
        onResponse: (message, status) => {
          if (status < 200 || !header(message, 'cseq')?.startsWith(`${sequence} `)) return;
          said();
          answered.resolve({ status, message });
        },
      });
      return inTime(`Asterisk answers the registration of ${user}`, answered.promise);
    };
    const first = await send();
    if (first.status === 200) return;
    const challenge = header(first.message, 'www-authenticate') ?? '';
    const { status } = await send(
      digest('REGISTER', `sip:${this.#server.host}:${this.#server.port}`, user, password, challenge),
    );
    this.#dialogs.delete(callId);
    if (status !== 200) throw new Error(`registration of ${user} was answered ${status}`);
  }

  /** @param media the port where sound is wanted; nobody listens when it is left out */
  call(number: string, from: string, media?: number): OutgoingCall {
    const callId = id();
    const tag = id();
    const uri = `sip:${number}@${this.#server.host}:${this.#server.port}`;
    const fromHeader = `From: <sip:${from}@${this.host}>;tag=${tag}`;
    const answered = promised<Moment>();
    const ended = promised<Ended>();
    let to = `To: <${uri}>`;
    let remote = uri;
    const request = (method: string, sequence: number): readonly string[] => [
      `${method} ${method === 'INVITE' ? uri : remote} SIP/2.0`,
      this.#via(),
      fromHeader,
      to,
      `Call-ID: ${callId}`,
      `CSeq: ${sequence} ${method}`,
      `Contact: <sip:${from}@${this.host}:${this.port}>`,
      'Max-Forwards: 70',
    ];
    let invited = (): void => undefined;
    let said = (): void => undefined;
    this.#dialogs.set(callId, {
      onResponse: (message, status, at) => {
        const method = header(message, 'cseq')?.split(' ')[1];
        if (method === 'INVITE') invited();
        if (method === 'BYE') {
          said();
          ended.resolve({ at });
          this.#dialogs.delete(callId);
        }
        if (method !== 'INVITE' || status < 200) return;
        to = `To: ${header(message, 'to')}`;
        if (status >= 300) {
          this.#send(request('ACK', 1));
          ended.resolve({ at, status });
          this.#dialogs.delete(callId);
          return;
        }
        remote = /<([^>]+)>/.exec(header(message, 'contact') ?? '')?.[1] ?? uri;
        this.#send(request('ACK', 1));
        answered.resolve({ at });
      },
      onRequest: (message, at) => {
        this.#respond(message, 200, 'OK', message.method === 'INVITE' ? sdp(this.host, media) : '');
        if (message.method === 'BYE') {
          said();
          ended.resolve({ at });
          this.#dialogs.delete(callId);
        }
      },
    });
    const at = performance.now();
    invited = this.#insist(request('INVITE', 1), sdp(this.host, media));
    const bye = (): void => {
      said = this.#insist(request('BYE', 2));
    };
    return { at, callId, answered: answered.promise, ended: ended.promise, bye };
  }

  #received(text: string, _from: RemoteInfo, at: number): void {
    const message = parseSipMessage(text);
    if (message === undefined) return;
    const callId = header(message, 'call-id') ?? '';
    const dialog = this.#dialogs.get(callId);
    const status = /^SIP\/2\.0 (\d{3})/.exec(text)?.[1];
    if (status !== undefined) dialog?.onResponse?.(message, Number(status), at);
    else if (dialog?.onRequest !== undefined) dialog.onRequest(message, at);
    else if (message.method === 'INVITE') this.#invited(message, callId, at);
    else if (message.method !== 'ACK') this.#respond(message, message.method === 'OPTIONS' ? 200 : 481, 'OK');
  }

  #invited(invite: SipMessage, callId: string, at: number): void {
    const tag = id();
    const acked = promised<Moment>();
    const ended = promised<Moment>();
    let answered = (): void => undefined;
    let said = (): void => undefined;
    const contact = `Contact: <sip:bench@${this.host}:${this.port}>`;
    this.#dialogs.set(callId, {
      onRequest: (message, now) => {
        if (message.method === 'ACK') {
          answered();
          acked.resolve({ at: now });
        } else if (message.method === 'BYE' || message.method === 'CANCEL') {
          answered();
          said();
          this.#respond(message, 200, 'OK');
          if (message.method === 'CANCEL') this.#respond(invite, 487, 'Request Terminated', '', tag);
          ended.resolve({ at: now });
          this.#dialogs.delete(callId);
        } else if (header(message, 'cseq') !== header(invite, 'cseq'))
          this.#respond(message, 200, 'OK', message.method === 'INVITE' ? sdp(this.host) : '');
      },
      onResponse: (message, status, now) => {
        if (status < 200 || !header(message, 'cseq')?.endsWith('BYE')) return;
        said();
        ended.resolve({ at: now });
        this.#dialogs.delete(callId);
      },
    });
    const { name, user } = parseAddress(header(invite, 'from') ?? '');
    this.onInvite?.({
      at,
      callId,
      from: { user, name },
      ring: () => this.#respond(invite, 180, 'Ringing', '', tag, [contact]),
      sound: soundOf(invite.body),
      answer: (media) => {
        answered = insist(() => this.#respond(invite, 200, 'OK', sdp(this.host, media), tag, [contact]));
      },
      refuse: (status, reason) => {
        this.#respond(invite, status, reason, '', tag);
        this.#dialogs.delete(callId);
        ended.resolve({ at: performance.now() });
      },
      acked: acked.promise,
      ended: ended.promise,
      bye: () => {
        const remote = /<([^>]+)>/.exec(header(invite, 'contact') ?? '')?.[1] ?? '';
        const now = performance.now();
        said = this.#insist([
          `BYE ${remote} SIP/2.0`,
          this.#via(),
          `From: ${header(invite, 'to')};tag=${tag}`,
          `To: ${header(invite, 'from')}`,
          `Call-ID: ${callId}`,
          'CSeq: 1 BYE',
          'Max-Forwards: 70',
        ]);
        return { at: now };
      },
    });
  }

  #respond(
    request: SipMessage,
    status: number,
    reason: string,
    body = '',
    tag?: string,
    extra: readonly string[] = [],
  ): void {
    const to = header(request, 'to') ?? '';
    this.#send(
      [
        `SIP/2.0 ${status} ${reason}`,
        `Via: ${header(request, 'via')}`,
        `From: ${header(request, 'from')}`,
        `To: ${to}${tag === undefined || to.includes('tag=') ? '' : `;tag=${tag}`}`,
        `Call-ID: ${header(request, 'call-id')}`,
        `CSeq: ${header(request, 'cseq')}`,
        ...extra,
      ],
      body,
    );
  }

  #via(): string {
    return `Via: SIP/2.0/UDP ${this.host}:${this.port};branch=z9hG4bK${id()};rport`;
  }

  /** Word for word the same each time: it is one transaction. */
  #insist(lines: readonly string[], body = ''): () => void {
    return insist(() => this.#send(lines, body));
  }

  #send(lines: readonly string[], body = ''): void {
    const type = body === '' ? [] : ['Content-Type: application/sdp'];
    const text = [...lines, ...type, `Content-Length: ${body.length}`, '', body].join('\r\n');
    this.#socket.send(text, this.#server.port, this.#server.host);
  }
}

const id = (): string => randomBytes(8).toString('hex');
