import type { Run } from './run.ts';
import { momentOf, type Ringing, ringings } from './wire.ts';

/** A phone that is told to stop and one that is told to ring hear it in whatever order. */
const raceMs = 100;

interface Stretch extends Ringing {
  /** Until it was answered or ended. */
  readonly rangUntil: number;
  readonly busyUntil: number;
}

/**
 * By the phones' own logs: no caller rings at two of them, and none has two calls at once. A phone does not notice that
 * Asterisk has ended, and rings on: what it says after that is not counted.
 * @param alone callers whom the dialplan had by itself: it rings several phones together, and none that is in use
 */
export const lookAtOffers = (
  { world, since, findings }: Run,
  cutAt: number | undefined,
  alone: ReadonlySet<string>,
): void => {
  const now = Date.now();
  const all: readonly Stretch[] = ringings(world.desks, since).map((ringing) => {
    const endedAt = momentOf(ringing.phone, ringing.call, 'ended') ?? now;
    const busyUntil = cutAt !== undefined && ringing.at < cutAt ? Math.min(endedAt, cutAt) : endedAt;
    return {
      ...ringing,
      busyUntil,
      rangUntil: Math.min(busyUntil, momentOf(ringing.phone, ringing.call, 'established') ?? busyUntil),
    };
  });
  for (const [index, one] of all.entries())
    for (const other of all.slice(index + 1)) {
      const together = Math.min(one.rangUntil, other.rangUntil) - Math.max(one.at, other.at);
      if (one.from === other.from && one.phone !== other.phone && together > raceMs && !alone.has(one.from))
        findings.broken('once', `${one.from} rang at two phones for ${together} ms`);
      const atOnce = Math.min(one.busyUntil, other.busyUntil) - Math.max(one.at, other.at);
      if (one.phone === other.phone && atOnce > raceMs)
        findings.broken('once', `one phone had ${one.from} and ${other.from} for ${atOnce} ms`);
    }
};
