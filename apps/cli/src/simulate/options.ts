import { parseArgs } from 'node:util';
import type { SyntheticOptions } from '@cordboard/core';

/** A simulation that cannot be had as asked. The message says what to write. */
export class SimulationRefused extends Error {
  override readonly name = 'SimulationRefused';
}

export interface SimulateOptions {
  /** undefined: by the policies that were in force. */
  readonly policy: string | undefined;
  readonly day: { readonly file: string } | { readonly synthetic: SyntheticOptions };
  /** Where an invented day is kept; undefined: nowhere. */
  readonly out: string | undefined;
  /** How many of the callers for whom something differs are listed. */
  readonly rows: number;
  /** So many times as many call as did. */
  readonly load: number;
  /** Of those who were not offered it that day so many agree to be called back, 0 to 1. */
  readonly callbackShare: number;
}

/** In the list of commands. */
export const simulateUsage =
  '[policy.json] day.jsonl, or [policy.json] --synthetic calls=1000,agents=20; --load 2, --callbacks 0.6, --rows 50';

/** @throws SimulationRefused */
export const simulateOptions = (args: readonly string[]): SimulateOptions => {
  const { values, positionals } = read(args);
  const rows = Number(values.rows ?? 20);
  if (!Number.isInteger(rows) || rows < 0)
    throw new SimulationRefused('--rows is how many callers are listed: a whole number, such as --rows 50.');
  const load = Number(values.load ?? 1);
  if (!(load >= 1 && load <= mostLoad))
    throw new SimulationRefused(`--load is how many times as many call, 1 to ${mostLoad}, such as --load 2.`);
  const callbackShare = Number(values.callbacks ?? 0);
  if (!(callbackShare >= 0 && callbackShare <= 1))
    throw new SimulationRefused(
      '--callbacks is the share who agree to be called back, 0 to 1, such as --callbacks 0.6.',
    );
  const people = { load, callbackShare };
  const [last, first] = [positionals.at(-1), positionals.at(-2)];
  if (values.synthetic !== undefined && positionals.length <= 1)
    return { policy: last, day: { synthetic: synthetic(values.synthetic) }, out: values.out, rows, ...people };
  if (last === undefined || positionals.length > 2 || values.synthetic !== undefined || values.out !== undefined)
    throw new SimulationRefused(`Write cordboard simulate ${simulateUsage}.`);
  return { policy: first, day: { file: last }, out: undefined, rows, ...people };
};

const read = (args: readonly string[]) => {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { synthetic: text, out: text, rows: text, load: text, callbacks: text },
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new SimulationRefused(
      `It does not understand "${args.join(' ')}": write cordboard simulate ${simulateUsage}.`,
    );
  }
};

const mostLoad = 20;
const mostCalls = 1_000_000;
const mostAgents = 5000;

const synthetic = (text: string): SyntheticOptions => {
  const given = Object.fromEntries(text.split(',').map((part) => part.split('=') as [string, string | undefined]));
  const { calls, agents, seed = '1', ...others } = given;
  const options = { calls: Number(calls), agents: Number(agents), seed: Number(seed) };
  const isWhole = Object.values(options).every((value) => Number.isInteger(value) && value > 0);
  if (Object.keys(others).length > 0 || !isWhole || options.calls > mostCalls || options.agents > mostAgents)
    throw new SimulationRefused(
      `--synthetic is how many calls (up to ${mostCalls}) and agents (up to ${mostAgents}), and a seed if wished: --synthetic calls=1000,agents=20,seed=1.`,
    );
  return options;
};
