import { parseArgs } from 'node:util';

/** How lively the demo is. */
export interface DemoOptions {
  /** Calls per minute. */
  readonly rate: number;
  /** Desk phones with somebody at them. */
  readonly agents: number;
  /** After this, in ms, it ends by itself; undefined: when it is ended. */
  readonly forMs: number | undefined;
  /** The same seed brings the same callers in the same order. */
  readonly seed: number;
}

/** A demo that cannot be had as asked. The message says what to write. */
export class DemoRefused extends Error {
  override readonly name = 'DemoRefused';
}

/** Enough to do for six agents, and now and then too much. */
const defaults = { rate: '8', agents: '6', seed: '1' } as const;

/** In the list of commands. */
export const usualOptions = '--rate 8 --agents 6 --for 10m --seed 1';

const mostCallsPerMinute = 120;
const mostAgents = 20;

/** @throws DemoRefused naming the option. */
export const demoOptions = (args: readonly string[]): DemoOptions => {
  const values = read(args);
  const rate = Number(values.rate ?? defaults.rate);
  if (!(rate > 0 && rate <= mostCallsPerMinute))
    throw new DemoRefused(`--rate is calls per minute: give a number up to ${mostCallsPerMinute}, such as --rate 8.`);
  const agents = Number(values.agents ?? defaults.agents);
  if (!(Number.isInteger(agents) && agents >= 1 && agents <= mostAgents))
    throw new DemoRefused(`--agents is a whole number from 1 to ${mostAgents}, such as --agents 6.`);
  const seed = Number(values.seed ?? defaults.seed);
  if (!Number.isSafeInteger(seed)) throw new DemoRefused('--seed is a whole number, such as --seed 1.');
  return { rate, agents, seed, forMs: values.for === undefined ? undefined : duration(values.for) };
};

const read = (args: readonly string[]) => {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({ args: [...args], options: { rate: text, agents: text, for: text, seed: text } }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new DemoRefused(
      `The demo's options are --rate, --agents, --for and --seed, each with a value: it does not understand "${args.join(' ')}".`,
    );
  }
};

const units = { s: 1000, m: 60_000, h: 3_600_000 } as const;
const mostHours = 168;

const duration = (text: string): number => {
  const [, count = '0', unit = 's'] = /^(\d{1,6})([smh])$/.exec(text) ?? [];
  const ms = Number(count) * units[unit as keyof typeof units];
  if (!(ms > 0 && ms <= mostHours * units.h))
    throw new DemoRefused(
      `--for is how long, up to ${mostHours}h: give seconds, minutes or hours, such as --for 90s or --for 10m.`,
    );
  return ms;
};
