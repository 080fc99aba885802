import type { Floor } from './floor.ts';
import type { PartName } from './options.ts';
import type { Kept, Row } from './report.ts';
import type { Sizes } from './sizes.ts';

/** What a part measures with. */
export interface Bench {
  readonly sizes: Sizes;
  /** The house, opened and warmed up when it is first asked for. */
  floor(): Promise<Floor>;
  /** A house that nobody has called yet; the one before is closed. */
  freshFloor(): Promise<Floor>;
  /** What was measured before. */
  readonly kept: Kept;
  say(line: string): void;
  /** Keeps a picture beside the results. */
  draw(name: string, svg: string): Promise<void>;
}

/** One thing that can be measured by itself. */
export interface Part {
  readonly name: PartName;
  /** How long it takes about, s, once the house is open. */
  seconds(sizes: Sizes): number;
  measure(bench: Bench): Promise<readonly Measured[]>;
}

/** A line of the table, before it is dated. */
export type Measured = Omit<Row, 'part' | 'takenAt'>;
