import type { Redis } from 'ioredis';
import { keys } from './keys.ts';
import { asking } from './unavailable.ts';

/** Figures are forgotten after this: a process that has gone is not counted. */
const figuresLifeMs = 15_000;

/** Tells, every few seconds, what a process has counted and measured to whoever is asked for it. @throws RedisUnavailable */
export const tellFigures = async (redis: Redis, process: string, figures: unknown): Promise<void> => {
  await asking(redis.set(keys.figures(process), JSON.stringify(figures), 'PX', figuresLifeMs));
};

/** @returns the figures of those of these processes that have told them lately. @throws RedisUnavailable */
export const figuresOf = async <Figures>(redis: Redis, processes: readonly string[]): Promise<readonly Figures[]> => {
  const told = await asking(redis.mget(...processes.map(keys.figures)));
  return told.flatMap((text) => (text === null ? [] : [JSON.parse(text) as Figures]));
};
