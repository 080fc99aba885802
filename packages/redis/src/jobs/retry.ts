import type { JobsOptions, WorkerOptions } from 'bullmq';

const firstBackOffMs = 1000;
const longestBackOffMs = 60_000;

/** After each failure twice as long, up to a minute: a database that is back is noticed within that. */
export const backOffMs = (attemptsMade: number): number =>
  Math.min(firstBackOffMs * 2 ** Math.min(attemptsMade - 1, 16), longestBackOffMs);

/** Tried for about a week before it is given up. */
export const patience = {
  attempts: Math.ceil((7 * 24 * 3_600_000) / longestBackOffMs),
  backoff: { type: 'custom' },
} as const satisfies JobsOptions;

/**
 * What a worker was doing when it was killed is done by the next one after some seconds, however often that happens: a
 * job that has seen several workers die is not to blame (https://docs.bullmq.io/guide/jobs/stalled).
 */
export const afterDeath = {
  lockDuration: 10_000,
  stalledInterval: 5000,
  maxStalledCount: 1000,
} as const satisfies Partial<WorkerOptions>;

const daySeconds = 24 * 3600;

/** A job done is remembered for a day, so that handing it over again does nothing; one given up, for a quarter. */
export const kept = {
  removeOnComplete: { age: daySeconds, count: 10_000 },
  removeOnFail: { age: 92 * daySeconds },
} as const satisfies JobsOptions;
