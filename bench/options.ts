import { type Sizes, sizesOf } from './sizes.ts';

/** What can be measured, in the order in which it is. */
export const partNames = [
  'match',
  'ringing',
  'freed',
  'reoffer',
  'voice',
  'answer',
  'sizes',
  'cost',
  'trips',
  'knee',
  'overload',
  'board',
  'card',
  'memory',
  'soak',
] as const;
export type PartName = (typeof partNames)[number];

/** Too long for a run that somebody waits for: only when asked for by name. */
const byNameAlone: readonly PartName[] = ['soak'];

export interface Options {
  readonly parts: readonly PartName[];
  readonly sizes: Sizes;
  /** A try is not kept. */
  readonly isKept: boolean;
}

/** Whoever typed it is told what to type. */
export class BadOption extends Error {
  override readonly name = 'BadOption';
}

/**
 * Reads `--only=a,b`, `--pairs=n`, `--minutes=n`, `--rate=n`, `--quick` and `--all`.
 * @throws BadOption
 */
export const readOptions = (args: readonly string[]): Options => {
  let parts = partNames.filter((name) => !byNameAlone.includes(name));
  const numbers: { pairs?: number; minutes?: number; rate?: number } = {};
  for (const arg of args) {
    const [name = '', value = ''] = arg.split(/=(.*)/s);
    if (name === '--only') parts = chosen(value);
    else if (name === '--pairs' || name === '--minutes' || name === '--rate')
      numbers[name.slice(2) as keyof typeof numbers] = positive(name, value);
    else if (arg !== '--quick' && arg !== '--all')
      throw new BadOption(
        `${arg} is not known: use --only=${partNames.join(',')}, --pairs=5, --minutes=120, --rate=60, --quick or --all.`,
      );
  }
  const extent = args.includes('--quick') ? 'quick' : args.includes('--all') ? 'all' : 'usual';
  return { parts, sizes: { ...sizesOf(extent), ...numbers }, isKept: extent !== 'quick' };
};

const chosen = (value: string): PartName[] => {
  const names = value.split(',');
  const unknown = names.find((name) => !partNames.includes(name as PartName));
  if (unknown !== undefined)
    throw new BadOption(`Nothing is called "${unknown}": choose from ${partNames.join(', ')}, with commas between.`);
  return partNames.filter((name) => names.includes(name));
};

const positive = (name: string, value: string): number => {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1)
    throw new BadOption(`${name} is a whole number from 1: write ${name}=5.`);
  return number;
};
