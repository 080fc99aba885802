import { TelephonyUnavailable } from '@cordboard/application';
import type { WebSocket } from 'ws';
import type { OperationName } from '../../operation/operations.ts';
import { sayGoodbye } from '../goodbye.ts';
import { watchPulse } from '../pulse.ts';
import type { Reply } from '../reply.ts';
import type { AriOptions } from '../transport.ts';
import type { AriClient } from './ari-client.ts';
import { callOperation } from './call-operation.ts';

/** How one ari-client is watched. */
export interface AriClientOptions extends Pick<AriOptions, 'app' | 'observer'> {
  readonly ping: { readonly everyMs: number; readonly withinMs: number };
  /** How long opening the WebSocket may take, in ms. */
  readonly openWithinMs: number;
  readonly onEvent: (message: unknown) => void;
}

/** One ari-client, from the opening of its WebSocket to the end of it. */
export class AriClientConnection {
  readonly #client: AriClient;
  readonly #socket: WebSocket;
  readonly #pending = new Set<(error: TelephonyUnavailable) => void>();
  #why: string | undefined;
  /** Resolves when it is open; @throws TelephonyUnavailable with the reason when it does not come to that. */
  readonly opened: Promise<void>;
  /** Resolves with the reason when it is over. */
  readonly closed: Promise<string>;

  constructor(client: AriClient, { app, observer, ping, openWithinMs, onEvent }: AriClientOptions) {
    this.#client = client;
    // Its promise says nothing that the socket does not.
    Promise.resolve(client.start(app)).catch(() => undefined);
    this.#socket = client._ws;
    const socket = this.#socket;
    // Its own listeners would connect again beside us, ten times and then never more.
    for (const event of ['message', 'error', 'close']) socket.removeAllListeners(event);
    socket.on('error', (error) => {
      this.#why ??= error.message;
    });
    this.closed = new Promise((resolve) => {
      socket.once('close', (code) => {
        const why = this.#why ?? `Asterisk closed the connection (${code})`;
        for (const lost of this.#pending) lost(new TelephonyUnavailable(why));
        this.#pending.clear();
        resolve(why);
      });
    });
    socket.on('message', (data) => {
      const message = parsed(String(data));
      if (message === undefined) observer?.messageMalformed?.('no JSON');
      else queueMicrotask(() => onEvent(message));
    });
    socket.once('open', () => watchPulse(socket, ping, (why) => this.end(why)));
    this.opened = this.#open(openWithinMs);
    // Who does not wait for it is told by `closed`.
    this.opened.catch(() => undefined);
  }

  /** @throws TelephonyUnavailable when the connection ends before the answer */
  request(operation: OperationName, parameters: object): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#pending.add(reject);
      callOperation(this.#client, operation, parameters)
        .then(resolve, reject)
        .finally(() => this.#pending.delete(reject));
    });
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

  async #open(withinMs: number): Promise<void> {
    const late = setTimeout(() => this.end(`Asterisk has not opened a WebSocket for ${withinMs} ms`), withinMs);
    const failed = this.closed.then((why) => {
      throw new TelephonyUnavailable(why);
    });
    try {
      await Promise.race([new Promise<void>((resolve) => this.#socket.once('open', resolve)), failed]);
    } finally {
      clearTimeout(late);
    }
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
};
