import { setTimeout as pause } from 'node:timers/promises';
import { newestOffset, RedisUnavailable } from '@cordboard/redis';
import type { Redis } from '../foundations.ts';

const retryMs = 200;

/** How far the facts go now; asked until Redis answers. @throws the signal's reason when it is aborted. */
export const lastOffset = async (redis: Redis, signal: AbortSignal): Promise<string> => {
  for (;;) {
    try {
      return await newestOffset(redis);
    } catch (error) {
      if (!(error instanceof RedisUnavailable)) throw error;
      await pause(retryMs, undefined, { signal });
    }
  }
};

/** Offsets are `<milliseconds>-<count>`: https://redis.io/docs/latest/develop/data-types/streams/#entry-ids */
export const isBefore = (a: string, b: string): boolean => {
  const [aMs = 0, aCount = 0] = a.split('-').map(Number);
  const [bMs = 0, bCount = 0] = b.split('-').map(Number);
  return aMs < bMs || (aMs === bMs && aCount < bCount);
};
