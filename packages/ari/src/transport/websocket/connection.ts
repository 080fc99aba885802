import type { Socket } from 'node:net';
import { TelephonyUnavailable } from '@cordboard/application';
import { WebSocket } from 'ws';
import type { RenderedRequest } from '../../operation/operation.ts';
import { sayGoodbye } from '../goodbye.ts';
import { watchPulse } from '../pulse.ts';
import { refusal } from '../refusal.ts';
import type { Reply } from '../reply.ts';
import type { AriAccess } from '../transport.ts';
import { restRequest, restResponse } from './rest-message.ts';

/** How one WebSocket to Asterisk is opened and watched. */
export interface ConnectionOptions extends AriAccess {
  readonly app: string;
  readonly ping: { readonly everyMs: number; readonly withinMs: number };
  /** How long opening may take, in ms. */
  readonly openWithinMs: number;
  /** Every message that is no answer, in order, as Asterisk wrote it. */
  readonly onEvent: (message: unknown) => void;
  readonly onMalformed: (what: string) => void;
}

interface Pending {
  readonly answered: (response: Reply) => void;
  readonly lost: (error: TelephonyUnavailable) => void;
  readonly since: number;
}

/** A request may be slow: a channel that plays a prompt does nothing else before it has ended. For so long, it is. */
const stuckMs = 15_000;

/** A larger message than this is none of ARI's; the list of 10,000 channels is below it. */
const largestMessage = 32 * 1024 * 1024;

/**
 * One WebSocket to Asterisk, from its opening to its end: requests and their answers, and events. Asterisk carries out
 * the requests of one connection one after another, in the order given.
 */
export class Connection {
  readonly #socket: WebSocket;
  readonly #options: ConnectionOptions;
  readonly #pending = new Map<string, Pending>();
  #wire: Socket | undefined;
  #corked = false;
  #heard: unknown[] = [];
  #count = 0;
  #why: string | undefined;
  /** Resolves when it is open; @throws TelephonyUnavailable with the reason when it does not come to that. */
  readonly opened: Promise<void>;
  /** Resolves with the reason when it is over. */
  readonly closed: Promise<string>;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const { url, user, password, app } = options;
    this.#socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ari/events?app=${encodeURIComponent(app)}`, {
      // Not in the URL, which ends up in logs.
      auth: `${user}:${password}`,
      handshakeTimeout: options.openWithinMs,
      perMessageDeflate: false,
      maxPayload: largestMessage,
    });
    const socket = this.#socket;
    this.closed = new Promise((resolve) => {
      socket.once('close', (code) => {
        const why = this.#why ?? `Asterisk closed the connection (${code})`;
        for (const { lost } of this.#pending.values()) lost(new TelephonyUnavailable(why));
        this.#pending.clear();
        resolve(why);
      });
    });
    this.opened = Promise.race([
      new Promise<void>((resolve) => socket.once('open', resolve)),
      this.closed.then((why) => {
        throw new TelephonyUnavailable(why);
      }),
    ]);
    // Who does not wait for it is told by `closed`.
    this.opened.catch(() => undefined);
    socket.on('upgrade', (response) => {
      this.#wire = response.socket;
    });
    socket.on('unexpected-response', (_, response) => this.end(refusal(response.statusCode)));
    socket.on('error', (error) => {
      this.#why ??= error.message === '' ? ('code' in error ? String(error.code) : error.name) : error.message;
    });
    socket.on('message', (data) => this.#take(String(data)));
    socket.once('open', () =>
      watchPulse(
        socket,
        options.ping,
        (why) => this.end(why),
        // Asterisk answers a ping when it has done what was asked before.
        () => this.busy > 0 && this.#oldestMs < stuckMs,
      ),
    );
  }

  get open(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** How many requests are with Asterisk. */
  get busy(): number {
    return this.#pending.size;
  }

  /** How long the oldest of them has been there, in ms. */
  get #oldestMs(): number {
    const [oldest] = this.#pending.values();
    return oldest === undefined ? 0 : performance.now() - oldest.since;
  }

  /**
   * Hands the request over; what is asked in one turn of the event loop leaves in one write.
   * @throws TelephonyUnavailable when the connection ends before the answer
   */
  request(rendered: RenderedRequest): Promise<Reply> {
    const socket = this.#socket;
    if (!this.open) return Promise.reject(new TelephonyUnavailable(this.#why ?? 'the connection is not open'));
    this.#count += 1;
    const id = String(this.#count);
    const answer = new Promise<Reply>((answered, lost) => {
      this.#pending.set(id, { answered, lost, since: performance.now() });
    });
    this.#gather();
    socket.send(restRequest(id, rendered));
    return answer;
  }

  /** Ends it at once. */
  end(why: string): void {
    this.#why ??= why;
    this.#socket.terminate();
  }

  /** Says goodbye, and ends it. */
  close(why: string): void {
    this.#why ??= why;
    sayGoodbye(this.#socket);
  }

  #gather(): void {
    const wire = this.#wire;
    if (wire === undefined || this.#corked) return;
    this.#corked = true;
    wire.cork();
    process.nextTick(() => {
      this.#corked = false;
      wire.uncork();
    });
  }

  /** On the socket's own turn messages are only read; what they lead to comes after all that has arrived is read. */
  #take(text: string): void {
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      this.#options.onMalformed(`no JSON: ${error.message}`);
      return;
    }
    const response = restResponse(message);
    if (response === undefined) {
      if (this.#heard.length === 0) queueMicrotask(() => this.#tell());
      this.#heard.push(message);
      return;
    }
    this.#pending.get(response.id)?.answered(response.reply);
    this.#pending.delete(response.id);
  }

  #tell(): void {
    const heard = this.#heard;
    this.#heard = [];
    for (const message of heard) this.#options.onEvent(message);
  }
}
