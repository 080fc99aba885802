import { parseArgs } from 'node:util';
import { type Fault, inEarnest, type Lengths, shortly } from './fault.ts';

/** What cannot be done as asked. The message says what to write. */
export class OptionsRefused extends Error {
  override readonly name = 'OptionsRefused';
}

export interface Options {
  /** Of the first run; each further run has the next number. */
  readonly seed: number;
  /** undefined: each fault once. */
  readonly runs: number | undefined;
  /** The faults of which each run has one, or two that come at once. */
  readonly among: readonly Fault[];
  readonly inPairs: boolean;
  readonly patience: number;
  readonly lengths: Lengths;
  readonly isInEarnest: boolean;
  /** Whether the table is kept in bench/results. */
  readonly keep: boolean;
  /** Where the house's logs are copied to when something did not hold; undefined: nowhere. */
  readonly logs: string | undefined;
}

export const usage =
  'npm run test:faults -- [--seed 1] [--runs 20] [--only "stasis is killed,Redis"] [--pairs] [--patience 2] [--in-earnest] [--keep] [--logs folder]';

/**
 * Reads the command line.
 * @param any a seed for who does not give one
 * @throws OptionsRefused
 */
export const readOptions = (args: readonly string[], faults: readonly Fault[], any: number): Options => {
  const values = read(args);
  const wanted = values.only?.split(',').map((part) => part.trim().toLowerCase());
  // A whole name means itself alone, a part of one all that have it.
  const named = (part: string): readonly Fault[] => {
    const exactly = faults.filter(({ name }) => name.toLowerCase() === part);
    return exactly.length > 0 ? exactly : faults.filter(({ name }) => name.toLowerCase().includes(part));
  };
  const among = wanted === undefined ? faults : [...new Set(wanted.flatMap(named))];
  if (among.length === 0)
    throw new OptionsRefused(
      `No fault is called "${values.only}": choose among ${faults.map(({ name }) => name).join(', ')}.`,
    );
  const isInEarnest = values['in-earnest'] ?? false;
  return {
    seed: number(values.seed ?? String(any), '--seed', 0),
    runs: values.runs === undefined ? undefined : number(values.runs, '--runs', 1),
    among,
    inPairs: values.pairs ?? false,
    patience: number(values.patience ?? '1', '--patience', 1),
    lengths: isInEarnest ? inEarnest : shortly,
    isInEarnest,
    keep: values.keep ?? false,
    logs: values.logs,
  };
};

const read = (args: readonly string[]) => {
  const [text, flag] = [{ type: 'string' }, { type: 'boolean' }] as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        ...{ seed: text, runs: text, only: text, patience: text, logs: text },
        ...{ pairs: flag, 'in-earnest': flag, keep: flag },
      },
    }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new OptionsRefused(`It does not understand "${args.join(' ')}": write ${usage}.`);
  }
};

const number = (text: string, name: string, least: number): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new OptionsRefused(`${name} is a whole number from ${least} on, not "${text}".`);
};
