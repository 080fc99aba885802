import type { Logger, Metrics } from '@cordboard/telemetry';
import type { ReserveObserver } from './disk-reserve.ts';

/** How the disk stands, as log lines, figures, and one sentence for whoever keeps the service running. */
export const observeDisk = (
  log: Logger,
  metrics: Metrics,
): { readonly observer: ReserveObserver; readonly health: { readonly ok: boolean; readonly because: string } } => {
  const freeBytes = metrics.gauge('cordboard_disk_free_bytes', 'What is free on the disk of the data folder.');
  const full = metrics.gauge('cordboard_disk_full', '1 while the disk is full and its reserve has been given up.');
  full.set(0);
  let isFull = false;
  return {
    observer: {
      free: (bytes) => freeBytes.set(bytes),
      givenUp: () => {
        isFull = true;
        full.set(1);
        log.error('the disk of the data folder is full, its reserve has been given up: free some');
      },
      held: () => {
        if (isFull) log.info('there is room on the disk of the data folder again');
        isFull = false;
        full.set(0);
      },
      failed: (error) =>
        log.warn({ err: error }, 'the reserve on the disk could not be looked after: is the folder ours?'),
    },
    get health() {
      return isFull
        ? {
            ok: false,
            because: 'The disk of the data folder is full: free some now, or messages, records and settings are lost.',
          }
        : { ok: true, because: 'there is room' };
    },
  };
};
