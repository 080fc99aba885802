import type { Instant } from '@cordboard/core';

/** News that have all been later than this … */
const believedMs = 1000;
/** … for so long are not late: one of the clocks has been set. */
const forMs = 10_000;

/**
 * How late news come, by Asterisk's clock and this machine's. Where those are two, the quickest news that ever came tell by
 * how much they differ.
 */
export class NewsClock {
  /** How long the quickest news took: what the clocks differ by, and the way. */
  #least: number | undefined;
  #believedAt = 0;

  /** @returns ms */
  lateMs(saidAt: Instant, now: number): number {
    const took = now - saidAt;
    const isLearned = this.#least !== undefined && now - this.#believedAt <= forMs;
    const known = this.#least ?? took;
    const isBelieved = took - known <= believedMs;
    this.#least = isBelieved || isLearned ? Math.min(known, took) : took;
    if (isBelieved || !isLearned) this.#believedAt = now;
    return took - this.#least;
  }
}
