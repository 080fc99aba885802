import type { JobDefinition } from '@cordboard/contracts';
import { Queue, UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { connectRedis } from '../connection.ts';
import { keys } from '../keys.ts';
import { asking, RedisUnavailable } from '../unavailable.ts';
import { afterDeath, backOffMs, kept, patience } from './retry.ts';

/** What must happen, kept until it has: at least once, in any order. */
export interface Jobs {
  /**
   * Hands a job over; the same job (by the definition's id) handed over again does nothing.
   *
   * @throws ZodError when the payload is not what the definition says, RedisUnavailable when it could not be kept.
   */
  enqueue<Payload>(definition: JobDefinition<Payload>, payload: Payload): Promise<void>;
  /** Does such jobs as they come. A handler that throws is called again later, ever less often. */
  work<Payload>(
    definition: JobDefinition<Payload>,
    handler: (payload: Payload) => Promise<void>,
    options?: WorkOptions,
  ): void;
  /** How many such jobs wait, are put off after a failure, or have been given up. @throws RedisUnavailable */
  counts(definition: { readonly name: string }): Promise<JobCounts>;
  /** Takes no more jobs, and resolves when those under way are done. */
  close(): Promise<void>;
}

export interface WorkOptions {
  /** How many at once. Default 4. */
  readonly concurrency?: number;
  /** Told of each attempt that failed; `givenUp`: it is kept among the failed, and not tried again. */
  readonly onFailed?: (failure: {
    readonly job: string;
    readonly id: string;
    /** As it was handed over; not checked. */
    readonly payload: unknown;
    readonly attempt: number;
    readonly givenUp: boolean;
    readonly error: Error;
  }) => void;
}

export interface JobCounts {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
}

export interface JobsOptions {
  /** Who this is, in `CLIENT LIST`. */
  readonly name: string;
  /** Told of troubles of the connection, once per loss; jobs wait meanwhile. */
  readonly onError?: (error: Error) => void;
}

export const createJobs = (redisUrl: string, { name, onError }: JobsOptions): Jobs => {
  const connection = connectRedis(redisUrl, { name: `${name}-jobs`, ...(onError === undefined ? {} : { onError }) });
  const queues = new Map<string, Queue>();
  const workers: { readonly worker: Worker; readonly connection: Redis }[] = [];

  /** A queue that BullMQ could not make ready once stays so for ever: it is made where Redis is there, and anew after a failure. */
  const queueOf = (job: string): Queue => {
    const known = queues.get(job);
    if (known !== undefined) return known;
    if (connection.status !== 'ready') throw new RedisUnavailable('There is no connection to Redis now.');
    const queue = new Queue(job, { connection, prefix: keys.jobs, skipWaitingForReady: true });
    queue.on('error', () => {}); // The connection tells of its own losses, once each.
    queues.set(job, queue);
    return queue;
  };

  const ask = async <T>(job: string, question: (queue: Queue) => Promise<T>): Promise<T> => {
    const queue = queueOf(job);
    try {
      return await asking(question(queue));
    } catch (error) {
      // Not waited for: it closes when it is ready, which it may never become.
      if (error instanceof RedisUnavailable && queues.delete(job)) queue.close().catch(ignore);
      throw error;
    }
  };

  return {
    async enqueue({ name: job, payload: schema, id }, payload) {
      const parsed = schema.parse(payload);
      await ask(job, (queue) => queue.add(job, parsed, { jobId: id(parsed), ...patience, ...kept }));
    },

    work({ name: job, payload: schema }, handler, { concurrency = 4, onFailed } = {}) {
      // BullMQ demands that a worker's own commands wait for Redis: https://docs.bullmq.io/guide/connections
      // Those cut off have to be sent again: ioredis would neither carry them out nor refuse them, and the worker wait for ever.
      const patient = connection.duplicate({
        maxRetriesPerRequest: null,
        enableOfflineQueue: true,
        autoResendUnfulfilledCommands: true,
      });
      const worker = new Worker(
        job,
        async ({ data }) => {
          const { data: payload, error } = schema.safeParse(data);
          if (error !== undefined) throw new UnrecoverableError(`The payload is not a ${job}: ${error.message}`);
          await handler(payload);
        },
        {
          connection: patient,
          prefix: keys.jobs,
          concurrency,
          ...afterDeath,
          settings: { backoffStrategy: backOffMs },
        },
      );
      worker.on('error', (error) => onError?.(error));
      worker.on('failed', (failed, error) =>
        onFailed?.({
          job,
          id: failed?.id ?? '',
          payload: failed?.data,
          attempt: failed?.attemptsMade ?? 0,
          givenUp: failed?.finishedOn !== undefined,
          error,
        }),
      );
      workers.push({ worker, connection: patient });
    },

    async counts({ name: job }) {
      const { waiting, active, delayed, failed } = await ask(job, (queue) =>
        queue.getJobCounts('waiting', 'active', 'delayed', 'failed'),
      );
      return { waiting: waiting ?? 0, active: active ?? 0, delayed: delayed ?? 0, failed: failed ?? 0 };
    },

    async close() {
      await Promise.all(workers.map(({ worker }) => worker.close()));
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      for (const one of [connection, ...workers.map((each) => each.connection)]) one.disconnect();
    },
  };
};

const ignore = (): void => undefined;
