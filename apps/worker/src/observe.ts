import type { WorkOptions } from '@cordboard/redis/jobs';
import type { Logger, Metrics } from '@cordboard/telemetry';

/** What comes of jobs, as log lines and figures. */
export const observeJobs = (
  log: Logger,
  metrics: Metrics,
): { readonly done: (job: string) => void; readonly failed: NonNullable<WorkOptions['onFailed']> } => {
  const jobs = metrics.counter('cordboard_jobs_total', 'Jobs, by what came of them.', ['job', 'outcome']);
  return {
    done: (job) => jobs.inc({ job, outcome: 'done' }),
    failed: ({ job, id, attempt, givenUp, error }) => {
      jobs.inc({ job, outcome: givenUp ? 'given-up' : 'failed' });
      if (givenUp) log.error({ job, id, attempt, err: error }, 'a job is given up, and kept among the failed');
      else log.warn({ job, id, attempt, err: error }, 'a job failed, it is tried again');
    },
  };
};
