import {
  eraseVoicemail,
  keepVoicemail,
  mailVoicemail,
  noteWrapUpCode,
  recordCall,
  saveDesk,
} from '@cordboard/contracts';
import { callNamedIn } from '@cordboard/core';
import { RedisUnavailable } from '@cordboard/redis';
import type { Jobs, WorkOptions } from '@cordboard/redis/jobs';
import type { Logger, Measured, Metrics } from '@cordboard/telemetry';

const definitions = [recordCall, noteWrapUpCode, saveDesk, keepVoicemail, eraseVoicemail, mailVoicemail];

/** What comes of jobs, as log lines and figures. Their label is `kind`: `job` is Prometheus' own word for what it asks. */
export const observeJobs = (
  log: Logger,
  metrics: Metrics,
): {
  /** @param call which it was about; without one it is worth no line */
  readonly done: (job: string, call?: string) => void;
  readonly failed: NonNullable<WorkOptions['onFailed']>;
} => {
  const jobs = metrics.counter('cordboard_jobs_total', 'Jobs, by what came of them.', ['kind', 'outcome']);
  for (const { name: kind } of definitions)
    for (const outcome of ['done', 'failed', 'given-up']) jobs.inc({ kind, outcome }, 0);
  return {
    done: (job, callId) => {
      jobs.inc({ kind: job, outcome: 'done' });
      if (callId !== undefined) log.info({ callId, job }, 'job done');
    },
    failed: ({ job, id, payload, attempt, givenUp, error }) => {
      jobs.inc({ kind: job, outcome: givenUp ? 'given-up' : 'failed' });
      const fields = { callId: callOf(payload), job, id, attempt, err: error };
      if (givenUp) log.error(fields, 'a job is given up, and kept among the failed');
      else log.warn(fields, 'a job failed, it is tried again');
    },
  };
};

/** How many jobs wait, are under way, are put off after a failure, and have been given up; unknown while Redis is away. */
export const measureJobs = (metrics: Metrics, jobs: Pick<Jobs, 'counts'>): void => {
  metrics.measure('cordboard_job_queue_depth', 'Jobs now, by how they stand.', ['kind', 'state'], async () => {
    try {
      return (await Promise.all(definitions.map((definition) => depthOf(jobs, definition)))).flat();
    } catch (error) {
      if (!(error instanceof RedisUnavailable)) throw error;
      return [];
    }
  });
};

const depthOf = async (
  jobs: Pick<Jobs, 'counts'>,
  definition: { readonly name: string },
): Promise<readonly Measured<'kind' | 'state'>[]> =>
  Object.entries(await jobs.counts(definition)).map(([state, value]) => ({
    labels: { kind: definition.name, state },
    value,
  }));

/** Which call a job is about; a recording is named after its call. */
const callOf = (payload: unknown): string | undefined => {
  const recording = textIn(payload, 'recording');
  return textIn(payload, 'call') ?? (recording === undefined ? undefined : callNamedIn(recording));
};

const textIn = (payload: unknown, field: string): string | undefined => {
  const value: unknown = new Map(Object.entries(payload ?? {})).get(field);
  return typeof value === 'string' ? value : undefined;
};
