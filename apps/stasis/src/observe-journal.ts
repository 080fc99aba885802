import type { Logger, Metrics } from '@cordboard/telemetry';
import type { JournalObserver } from './journal/journal.ts';

/** How the journal stands, in a sentence for whoever keeps the service running. */
export interface JournalHealth {
  readonly ok: boolean;
  readonly because: string;
}

/** What happens to the journal, as log lines, figures, and one sentence. */
export const observeJournal = (
  log: Logger,
  metrics: Metrics,
): { readonly observer: JournalObserver; factsLost(count: number): void; readonly health: JournalHealth } => {
  const bytes = metrics.gauge('cordboard_journal_bytes', 'What waits on disk until Redis has taken it.');
  const failing = metrics.gauge('cordboard_journal_failing', '1 while the journal on disk cannot be written.');
  const lost = metrics.counter('cordboard_facts_lost_total', 'Facts that fitted neither in memory nor on disk.');
  lost.inc({}, 0);
  failing.set(0);
  let isFailing = false;
  let factsLost = 0;
  return {
    observer: {
      holds: (held) => bytes.set(held),
      failed: (error) => {
        isFailing = true;
        failing.set(1);
        log.error({ err: error }, 'the journal cannot be written: free or repair the data folder; calls go on');
      },
      resumed: () => {
        isFailing = false;
        failing.set(0);
        log.info('the journal can be written again');
      },
      torn: ({ file, line }) =>
        log.warn({ file, line }, 'a line of the journal was not written to its end: it is left out'),
    },
    factsLost: (count) => {
      factsLost += count;
      lost.inc({}, count);
      log.error({ count }, 'facts are lost: Redis is away, memory is full and the journal cannot be written');
    },
    get health() {
      const told = factsLost === 0 ? '' : ` ${factsLost} facts have been lost since call control began.`;
      return isFailing
        ? {
            ok: false,
            because: `The journal cannot be written: free or repair the data folder, or facts are lost if Redis goes away.${told}`,
          }
        : { ok: true, because: `answers${told && `;${told}`}` };
    },
  };
};
