import { Redis, type RedisOptions } from 'ioredis';
import { asking, RedisUnavailable } from './unavailable.ts';

export interface ConnectionOptions {
  /** Who this is, in `CLIENT LIST`: `stasis`, `api` … */
  readonly name: string;
  /** Told once when the connection is lost, or cannot be had at first; not again at every attempt. */
  readonly onError?: (error: Error) => void;
  /** Told when the connection is there, the first time and after each loss. */
  readonly onReady?: () => void;
}

/**
 * A connection that comes back by itself, without limit, and meanwhile refuses commands at once instead of hoarding them:
 * whoever must not lose something keeps it where it can be looked after. Commands cut off by a loss are not sent again,
 * since they may have been carried out.
 *
 * @param url `redis://[:password@]host:port[/db]`
 */
export const connectRedis = (url: string, { name, onError, onReady }: ConnectionOptions): Redis => {
  const redis = new Redis(url, { ...promptly, connectionName: `cordboard-${name}` });
  tellChanges(redis, onError, onReady);
  return redis;
};

/** @throws RedisUnavailable when there is no connection after `withinMs`. */
export const whenReady = async (redis: Redis, withinMs: number): Promise<void> => {
  try {
    await untilReady(redis, AbortSignal.timeout(withinMs));
  } catch (cause) {
    throw new RedisUnavailable(`Redis did not answer within ${withinMs} ms. Check REDIS_URL.`, { cause });
  }
};

/** One more connection to the same server, for commands that occupy one: blocking reads, subscriptions. */
export const anotherConnection = (redis: Redis, purpose: string): Redis => {
  const another = redis.duplicate({
    connectionName: `${redis.options.connectionName ?? 'cordboard'}-${purpose}`,
    // Done by those who subscribe: ioredis would let a failure of it go unhandled.
    autoResubscribe: false,
  });
  tellChanges(another);
  return another;
};

/** How long a blocking read waits before it is asked anew. */
export const blockMs = 5000;
const graceMs = 3000;

/**
 * A read that may take `blockMs`. A server that is gone without a word is given up soon after, and connected to anew
 * (ioredis's own `socketTimeout` goes on counting into the next connection, and ends that one).
 *
 * @throws RedisUnavailable
 */
export const blockingRead = async <T>(connection: Redis, read: Promise<T>): Promise<T> => {
  const givingUp = setTimeout(() => connection.disconnect(true), blockMs + graceMs);
  try {
    return await asking(read);
  } finally {
    clearTimeout(givingUp);
  }
};

/** Resolves when commands are taken; rejects with the signal's reason, or when the connection has been closed for good. */
export const untilReady = (redis: Redis, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      redis.off('ready', ready);
      redis.off('end', ended);
      signal.removeEventListener('abort', aborted);
      act();
    };
    const ready = (): void => settle(resolve);
    const ended = (): void => settle(() => reject(new RedisUnavailable('The connection to Redis has been closed.')));
    const aborted = (): void => settle(() => reject(signal.reason));
    if (signal.aborted) return aborted();
    if (redis.status === 'ready') return ready();
    if (redis.status === 'end') return ended();
    redis.once('ready', ready);
    redis.once('end', ended);
    signal.addEventListener('abort', aborted);
  });

const promptly: RedisOptions = {
  retryStrategy: (attempt) => Math.min(20 * 2 ** Math.min(attempt, 6), 1000),
  maxRetriesPerRequest: 0,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  connectTimeout: 2000,
  keepAlive: 5000,
};

const tellChanges = (redis: Redis, onError?: (error: Error) => void, onReady?: () => void): void => {
  let told = false;
  const lost = (error: Error): void => {
    if (told) return;
    told = true;
    onError?.(error);
  };
  redis.on('error', lost);
  redis.on('close', () => {
    if (redis.status !== 'end') lost(new RedisUnavailable('The connection to Redis was lost.'));
  });
  redis.on('ready', () => {
    told = false;
    onReady?.();
  });
};
