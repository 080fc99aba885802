import type { Drift } from '../fact/drift.ts';
import type { Fact } from '../fact/fact.ts';
import { elapsedMs, type Instant } from '../time.ts';

/** One comparison with Asterisk that found something, and put it right. */
export interface Healing {
  readonly at: Instant;
  /** Call control or Asterisk had been away: then much is ordinary. */
  readonly afterOutage: boolean;
  readonly count: number;
  /** The last of what was found. */
  readonly last: Drift;
}

/** How long a board remembers. */
const rememberedForMs = 3_600_000;
/** One every few seconds for an hour would be no board any more. */
const mostRemembered = 100;

/** @returns the last hour's, oldest first. */
export const healingsAfter = (
  before: readonly Healing[],
  { at, afterOutage, count, drifts }: Extract<Fact, { type: 'DriftHealed' }>,
): readonly Healing[] => {
  const last = drifts.at(-1);
  if (last === undefined) return before;
  return [...before.filter((each) => elapsedMs(each.at, at) < rememberedForMs), { at, afterOutage, count, last }].slice(
    -mostRemembered,
  );
};
