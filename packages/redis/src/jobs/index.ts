// A way in of its own: BullMQ takes long to load, and whoever has no jobs begins sooner without it.
export { createJobs, type JobCounts, type Jobs, type JobsOptions, type WorkOptions } from './jobs.ts';
