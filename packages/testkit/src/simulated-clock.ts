import { type Instant, instant } from '@cordboard/core';

/** A clock that goes only when it is told to, and rings its alarms in their order. */
export class SimulatedClock {
  #now = instant(1_750_000_000_000);
  readonly #alarms = new Set<{ readonly at: Instant; readonly ring: () => void }>();

  now(): Instant {
    return this.#now;
  }

  alarm(at: Instant, ring: () => void): () => void {
    const alarm = { at, ring };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = [...this.#alarms].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#alarms.delete(next);
      this.#now = instant(Math.max(this.#now, next.at));
      next.ring();
    }
    this.#now = instant(end);
  }
}
