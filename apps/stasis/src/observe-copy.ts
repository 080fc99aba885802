import type { Logger, Metrics } from '@cordboard/telemetry';
import type { JournalObserver } from './journal/journal.ts';

/** What happens to the copy of the state on disk, as log lines and figures. */
export const observeCopy = (log: Logger, metrics: Metrics): JournalObserver => {
  const bytes = metrics.gauge('cordboard_state_copy_bytes', 'The copy of all state on disk.');
  const failing = metrics.gauge('cordboard_state_copy_failing', '1 while the copy of all state cannot be written.');
  failing.set(0);
  return {
    holds: (held) => bytes.set(held),
    failed: (error) => {
      failing.set(1);
      log.error({ err: error }, 'the copy of the state cannot be written: free or repair the data folder; calls go on');
    },
    resumed: () => {
      failing.set(0);
      log.info('the copy of the state can be written again');
    },
    torn: ({ file, line }) => log.warn({ file, line }, 'a line of the copy was not written to its end: it is left out'),
  };
};
