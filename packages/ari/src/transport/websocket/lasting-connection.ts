import { setTimeout as sleep } from 'node:timers/promises';
import { TelephonyUnavailable } from '@cordboard/application';
import { backOffMs, provenAfterMs } from '../back-off.ts';
import { AriRefused, type Permit } from '../transport.ts';
import { Connection, type ConnectionOptions } from './connection.ts';

/** A connection that is made again whenever it ends. */
export interface LastingOptions extends ConnectionOptions {
  /** What has to be done on each new connection before anything else. When it fails, the connection is given up. */
  readonly prepare: (connection: Connection) => Promise<void>;
  readonly permit?: Permit;
  /** It can be used. */
  readonly onReady: () => void;
  readonly onLost: (why: string, againInMs: number) => void;
}

/** Keeps one WebSocket to Asterisk: without limit, and with patience. */
export class LastingConnection {
  readonly #options: LastingOptions;
  readonly #stopping = new AbortController();
  #making: Connection | undefined;
  #ready: Connection | undefined;
  readonly #ended: Promise<void>;

  constructor(options: LastingOptions) {
    this.#options = options;
    this.#ended = this.#keep();
  }

  /** The connection that can be used now. */
  get current(): Connection | undefined {
    return this.#ready;
  }

  /** Ends it now; it is made again. */
  renew(why: string): void {
    this.#making?.end(why);
  }

  /** Ends it for good. */
  async close(why = 'closed'): Promise<void> {
    this.#stopping.abort();
    this.#making?.close(why);
    await this.#ended;
  }

  async #keep(): Promise<void> {
    const { signal } = this.#stopping;
    let failures = 0;
    while (!signal.aborted && (await this.#isPermitted())) {
      const since = performance.now();
      const why = await this.#one();
      if (signal.aborted) return;
      failures = performance.now() - since > provenAfterMs ? 1 : failures + 1;
      const waitMs = backOffMs(failures, Math.random());
      this.#options.onLost(why, waitMs);
      await sleep(waitMs, undefined, { signal }).catch(unlessAborted);
    }
  }

  /** A connection that is not permitted any more is over; what becomes of that is its owner's to say. */
  async #isPermitted(): Promise<boolean> {
    try {
      await this.#options.permit?.();
      return !this.#stopping.signal.aborted;
    } catch (error) {
      this.#options.onLost(error instanceof Error ? error.message : String(error), Number.POSITIVE_INFINITY);
      return false;
    }
  }

  /** One connection's life. @returns why it ended */
  async #one(): Promise<string> {
    const connection = new Connection(this.#options);
    this.#making = connection;
    try {
      await connection.opened;
      await this.#options.prepare(connection);
      this.#ready = connection;
    } catch (error) {
      if (!(error instanceof TelephonyUnavailable || error instanceof AriRefused)) throw error;
      connection.end(error.message);
    }
    if (this.#ready !== undefined) this.#options.onReady();
    const why = await connection.closed;
    this.#ready = undefined;
    this.#making = undefined;
    return why;
  }
}

const unlessAborted = (error: unknown): void => {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
};
