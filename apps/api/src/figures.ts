import { figuresOf, RedisUnavailable } from '@cordboard/redis';
import { type Figures, type Metrics, togetherAsText } from '@cordboard/telemetry';
import type { Redis } from './foundations.ts';

/** The other processes, which have no HTTP of their own. */
const others = ['stasis', 'worker'] as const;

/** What all processes have counted and measured, for Prometheus; while Redis is away, what this one has. */
export const createFigures =
  (redis: Redis, metrics: Metrics): (() => Promise<string>) =>
  async () =>
    togetherAsText([await metrics.figures(), ...(await fromOthers(redis))]);

const fromOthers = async (redis: Redis): Promise<readonly Figures[]> => {
  try {
    return await figuresOf<Figures>(redis, others);
  } catch (error) {
    if (!(error instanceof RedisUnavailable)) throw error;
    return [];
  }
};
