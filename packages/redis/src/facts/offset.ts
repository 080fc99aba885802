import type { Redis } from 'ioredis';
import { keys } from '../keys.ts';
import { asking } from '../unavailable.ts';

/** How far a reader of the facts has come, as it last said. @throws RedisUnavailable */
export const readOffset = async (redis: Redis, reader: string): Promise<string | undefined> =>
  (await asking(redis.get(keys.offsetOf(reader)))) ?? undefined;

/** @throws RedisUnavailable */
export const saveOffset = async (redis: Redis, reader: string, offset: string): Promise<void> => {
  await asking(redis.set(keys.offsetOf(reader), offset));
};
