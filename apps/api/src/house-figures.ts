import type { Readiness } from '@cordboard/contracts';
import { readerLags } from '@cordboard/redis';
import type { Metrics } from '@cordboard/telemetry';
import type { Feed } from './feed/feed.ts';
import type { Redis } from './foundations.ts';

/** How the house's parts do, as figures: what `/readyz` says in words, and how late the board is read. */
export const houseFigures = (
  metrics: Metrics,
  {
    redis,
    feed,
    readiness,
  }: { readonly redis: Redis; readonly feed: Pick<Feed, 'offset'>; readonly readiness: () => Promise<Readiness> },
): void => {
  metrics.measure(
    'cordboard_ready',
    '1 while a part that the house leans on answers, as /readyz says.',
    ['part'],
    async () =>
      Object.entries((await readiness()).checks).map(([part, { ok }]) => ({ labels: { part }, value: ok ? 1 : 0 })),
  );
  metrics.measure(
    'cordboard_fact_reader_lag_seconds',
    'For how long what a reader of the facts has not read yet has been told.',
    ['reader'],
    () => readerLags(redis, new Map(feed.offset === undefined ? [] : [['board', feed.offset]])),
  );
};
