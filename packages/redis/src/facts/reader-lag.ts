import type { Redis } from 'ioredis';
import { keys } from '../keys.ts';
import { asking, RedisUnavailable } from '../unavailable.ts';

/** How late a reader of the facts is. */
export interface ReaderLag {
  readonly labels: { readonly reader: string };
  /** For how long the oldest fact that it has not read has been told, in seconds; 0: it has read all. */
  readonly value: number;
}

/**
 * @param offsets how far each reader has come, by its name
 * @returns nothing while Redis is away: how late they are is not known then.
 */
export const readerLags = async (redis: Redis, offsets: ReadonlyMap<string, string>): Promise<readonly ReaderLag[]> => {
  try {
    return await Promise.all(
      [...offsets].map(async ([reader, offset]) => ({
        labels: { reader },
        value: (await unreadForMs(redis, offset)) / 1000,
      })),
    );
  } catch (error) {
    if (!(error instanceof RedisUnavailable)) throw error;
    return [];
  }
};

/** A fact's place in the stream begins with the moment at which Redis took it, in ms. */
const unreadForMs = async (redis: Redis, offset: string): Promise<number> => {
  const [oldest] = await asking(redis.xrange(keys.facts, `(${offset}`, '+', 'COUNT', 1));
  return oldest === undefined ? 0 : Math.max(0, Date.now() - Number.parseInt(oldest[0], 10));
};
