import type { Redis } from 'ioredis';
import { z } from 'zod';
import { keys } from './keys.ts';
import { asking } from './unavailable.ts';

/** A beat is forgotten after this; beat at least twice as often. */
export const beatLifeMs = 2000;

const Beat = z.object({ at: z.number(), info: z.record(z.string(), z.unknown()) });
/** `at` is the beating process's clock, ms. */
export type Beat = z.infer<typeof Beat>;

/** Says that this part of the house is alive. @throws RedisUnavailable */
export const beat = async (redis: Redis, name: string, info: Beat['info']): Promise<void> => {
  const now: Beat = { at: Date.now(), info };
  await asking(redis.set(keys.beat(name), JSON.stringify(now), 'PX', beatLifeMs));
};

/** @returns undefined when nothing has been heard for `beatLifeMs`. @throws RedisUnavailable */
export const lastBeat = async (redis: Redis, name: string): Promise<Beat | undefined> => {
  const text = await asking(redis.get(keys.beat(name)));
  return text === null ? undefined : Beat.parse(JSON.parse(text));
};
