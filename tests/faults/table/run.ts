import type { Dice } from '../../../apps/cli/src/demo/dice.ts';
import type { Fault, Lengths } from './fault.ts';
import type { Findings } from './finding.ts';
import type { Goodbyes } from './wire.ts';
import type { World } from './world.ts';

/** One run: one scene, one fault or two, and what came of it. */
export interface Run {
  readonly world: World;
  readonly dice: Dice;
  readonly faults: readonly Fault[];
  readonly lengths: Lengths;
  /** By how much more time is allowed than there should be: for a machine that has other things to do. */
  readonly patience: number;
  readonly findings: Findings;
  readonly goodbyes: Goodbyes;
  /** When the first of its calls was made, ms since the epoch. */
  readonly since: number;
}

/** From the first fault's beginning to the moment from which all must be well, ms since the epoch. */
export interface Outage {
  readonly from: number;
  readonly to: number;
  /** When Asterisk ended, and all its calls with it; undefined where it does not. */
  readonly cutAt: number | undefined;
}

/** A limit that is exceeded is a finding; whatever it is, it is measured. */
export const within = (
  { findings, patience }: Pick<Run, 'findings' | 'patience'>,
  invariant: Parameters<Findings['measured']>[0],
  ms: number,
  limitMs: number,
  what: string,
): void => {
  findings.measured(invariant, ms);
  if (ms > limitMs * patience) findings.broken(invariant, `${what}: ${Math.round(ms)} ms`);
};

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

export const takesControl = ({ faults }: Pick<Run, 'faults'>): boolean => faults.some((fault) => fault.takesControl);
export const takesCalls = ({ faults }: Pick<Run, 'faults'>): boolean => faults.some((fault) => fault.takesCalls);

/** The message of whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
