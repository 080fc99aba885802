import type { ExpectedInterval } from '../call/moves.ts';
import type { QueueId } from '../ids.ts';

/** So many of the last waits calibrate the next estimate; fewer than the least say nothing yet. */
const remembered = 50;
const least = 10;

/** What the last calls of a queue tell of the next. */
export interface QueuePace {
  readonly id: QueueId;
  /** How long a call keeps an agent, after-call work included. */
  readonly handlingMs?: number;
  /** What the last callers waited, each divided by what had been expected, oldest first. */
  readonly ratios: readonly number[];
}

/**
 * How long a caller will wait: from how long the last calls kept an agent, how many work, and the place in line. The
 * interval is what became of earlier estimates: half of the last callers waited less than p50 says, nine of ten less than
 * p90. So an estimate that is always too low by a third corrects itself.
 */
export class ExpectedWait {
  readonly #queues = new Map<QueueId, QueuePace>();

  get all(): readonly QueuePace[] {
    return [...this.#queues.values()];
  }

  restore(saved: readonly QueuePace[]): void {
    for (const pace of saved) this.#queues.set(pace.id, pace);
  }

  /** A call kept an agent for so long. Older calls count for less (3 to 1, as in app_queue.c). @returns the queue's new pace */
  handled(queue: QueueId, tookMs: number): QueuePace {
    const known = this.#of(queue);
    const old = known.handlingMs;
    return this.#now({ ...known, handlingMs: old === undefined ? tookMs : Math.round((3 * old + tookMs) / 4) });
  }

  /** A caller of whom this was expected has been answered after so long. */
  answered(queue: QueueId, expectedMs: number, waitedMs: number): QueuePace {
    const known = this.#of(queue);
    if (expectedMs <= 0) return known;
    const ratio = Math.round((waitedMs / expectedMs) * 1000) / 1000;
    return this.#now({ ...known, ratios: [...known.ratios, ratio].slice(-remembered) });
  }

  /**
   * @param ready members who are free now: as many callers need not wait
   * @returns undefined while nothing is known of the queue, or nobody works in it
   */
  at(queue: QueueId, position: number, working: number, ready: number): ExpectedInterval | undefined {
    const { handlingMs, ratios } = this.#of(queue);
    if (working === 0) return undefined;
    const ahead = Math.max(0, position - ready);
    if (ahead === 0) return { meanMs: 0, p50Ms: 0, p90Ms: 0 };
    if (handlingMs === undefined) return undefined;
    const meanMs = (ahead * handlingMs) / working;
    const measured = ratios.length >= least;
    return {
      meanMs,
      p50Ms: meanMs * (measured ? quantile(ratios, 0.5) : erlangQuantile(ahead, 0)),
      p90Ms: meanMs * (measured ? quantile(ratios, 0.9) : erlangQuantile(ahead, 1.2816)),
    };
  }

  #of(id: QueueId): QueuePace {
    return this.#queues.get(id) ?? { id, ratios: [] };
  }

  #now(pace: QueuePace): QueuePace {
    this.#queues.set(pace.id, pace);
    return pace;
  }
}

const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 1;
};

/**
 * Quantile of an Erlang distribution of mean 1, as the wait for the n-th agent to come free is when calls last
 * exponentially long (Wilson and Hilferty 1931). @param z of the normal distribution
 */
const erlangQuantile = (n: number, z: number): number => {
  const a = 1 / (9 * n);
  return Math.max(0, 1 - a + z * Math.sqrt(a)) ** 3;
};
