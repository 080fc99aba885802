import type { Metrics } from '@cordboard/telemetry';
import type { FeedObserver } from './feed.ts';

/** The feed's figures: how late it is, and how early the cards are. */
export const feedMetrics = (metrics: Metrics): FeedObserver & { pageDiffered(): void } => {
  const lag = metrics.histogram(
    'cordboard_fact_lag_seconds',
    'From what happened to its place on the board.',
    [],
    [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2],
  );
  const lead = metrics.histogram(
    'cordboard_card_lead_seconds',
    'How long before its phone rang an agent had the card on the screen; below 0: after.',
    [],
    [-5, -1, -0.5, -0.1, 0, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 5],
  );
  const differed = metrics.counter(
    'cordboard_page_differences_total',
    'Boards that showed something else than they had been told, and were sent a snapshot.',
  );
  return {
    pageDiffered: () => differed.inc(),
    folded: (lagMs) => lag.observe(lagMs / 1000),
    cardLed: (leadMs) => lead.observe(leadMs / 1000),
  };
};
