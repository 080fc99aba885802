import type { Instant } from '../time.ts';

/** How strained the house is, as measured since the last report. */
export interface Strain {
  /** The longest that call control's event loop was held up, in ms. */
  readonly lagMs: number;
  /** The load average of Asterisk's machine, as Asterisk says; absent: not known. */
  readonly load?: number;
}

/** For as long as callers are turned away. */
export interface AdmissionLimit {
  readonly since: Instant;
  /** Why the last one was: `200 calls, limit 200`. */
  readonly because: string;
  /** How many have been. */
  readonly turnedAway: number;
}
