import type { Branded } from './ids.ts';

/** Milliseconds since 1970-01-01 UTC. Comes into the core as data; the core has no clock. */
export type Instant = Branded<number, 'Instant'>;

export const instant = (ms: number): Instant => ms as Instant;
export const later = (from: Instant, byMs: number): Instant => (from + byMs) as Instant;
export const elapsedMs = (from: Instant, to: Instant): number => Math.max(0, to - from);
/** The earliest of those that are set. */
export const earliest = (...instants: readonly (Instant | undefined)[]): Instant | undefined => {
  const set = instants.filter((at) => at !== undefined);
  return set.length === 0 ? undefined : (Math.min(...set) as Instant);
};
