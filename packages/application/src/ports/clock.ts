import type { Instant } from '@cordboard/core';

/** The time, and alarms. Steps of the system's clock must not be felt: waits are measured, not subtracted from dates. */
export interface Clock {
  now(): Instant;
  /** Calls `ring` at that moment, at once when it has passed. @returns a function that calls it off. */
  alarm(at: Instant, ring: () => void): () => void;
}
