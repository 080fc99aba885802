import type { Floor, Side } from './floor.ts';
import { type Ratio, ratioOf, type Summary, summary } from './statistics.ts';

/** Both sides, measured one right after the other. */
export type Pair<Result = readonly number[]> = readonly [ours: Result, theirs: Result];

/** Ours and theirs in turn, and every second time theirs first. */
export const inPairs = async <Result>(
  count: number,
  ours: () => Promise<Result>,
  theirs: () => Promise<Result>,
): Promise<readonly Pair<Result>[]> => {
  const pairs: Pair<Result>[] = [];
  for (let index = 0; index < count; index += 1) {
    const first = index % 2 === 0 ? await ours() : undefined;
    const second = await theirs();
    pairs.push([first ?? (await ours()), second]);
  }
  return pairs;
};

/** The same of both sides. */
export const ofBothSides = <Result>(
  count: number,
  { ours, peer }: Pick<Floor, 'ours' | 'peer'>,
  measure: (side: Side) => Promise<Result>,
): Promise<readonly Pair<Result>[]> =>
  inPairs(
    count,
    () => measure(ours),
    () => measure(peer),
  );

/** What the table tells of pairs. */
export interface Comparison {
  readonly ours: Summary;
  readonly theirs: Summary;
  readonly ratio: Ratio;
}

export const comparison = (pairs: readonly Pair[]): Comparison => ({
  ours: summary(pairs.flatMap(([ours]) => ours)),
  theirs: summary(pairs.flatMap(([, theirs]) => theirs)),
  ratio: ratioOf(pairs),
});
