import { cpus, release, totalmem } from 'node:os';
import { type PartName, partNames } from './options.ts';
import type { Ratio, Summary } from './statistics.ts';

/** One line of the table. */
export interface Row {
  readonly part: PartName;
  readonly what: string;
  readonly unit: 'ms' | 'µs' | 'kB' | 'MB/h' | 'a second' | '';
  readonly ours: Summary | number;
  readonly theirs?: Summary | number;
  readonly ratio?: Ratio;
  /** What is aimed at, and whether it is met; a row without an aim is for information. */
  readonly aim?: string;
  readonly met?: boolean;
  /** When the run began that measured it. */
  readonly takenAt: string;
}

/** Where and with what something was measured. */
export interface Run {
  readonly takenAt: string;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly parts: readonly PartName[];
  readonly sizes: object;
}

/** All that is kept: the last measurement of each part, and the runs that they are of. */
export interface Kept {
  readonly runs: readonly Run[];
  readonly rows: readonly Row[];
}

export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`;

/** A part measured anew replaces what was kept of it; of runs of which nothing is left, nothing is told. */
export const merged = (kept: Kept, run: Run, rows: readonly Row[]): Kept => {
  const staying = kept.rows.filter(({ part }) => !rows.some((row) => row.part === part));
  const together = [...staying, ...rows].toSorted((a, b) => partNames.indexOf(a.part) - partNames.indexOf(b.part));
  const runs = [...kept.runs, run].filter(({ takenAt }) => together.some((row) => row.takenAt === takenAt));
  return { runs, rows: together };
};

export const table = (rows: readonly Row[]): string => {
  const lines = rows.map(({ part, what, unit, ours, theirs, ratio, aim, met, takenAt }) => [
    part,
    unit === '' ? what : `${what}, ${unit}`,
    shown(ours),
    shown(theirs),
    shownRatio(ratio, ours, theirs),
    aim ?? '',
    met === undefined ? '' : met ? 'yes' : '**no**',
    takenAt.slice(0, 10),
  ]);
  const all = [
    ['part', 'what (median / p95 / p99)', 'Cordboard', 'Queue()', 'ratio (pairs)', 'aim', 'met', 'taken'],
    ...lines,
  ];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0))) ?? [];
  const row = (line: readonly string[]): string =>
    `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = all;
  return [row(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body.map(row)].join('\n');
};

const shown = (value: Summary | number | undefined): string =>
  value === undefined
    ? ''
    : typeof value === 'number'
      ? short(value)
      : `${short(value.median)} / ${short(value.p95)} / ${short(value.p99)}`;

/** Three digits or so. */
export const short = (value: number): string =>
  Number.isInteger(value) ? String(value) : value.toFixed(Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0);

const shownRatio = (ratio: Ratio | undefined, ours: Row['ours'], theirs: Row['theirs']): string => {
  if (ratio !== undefined) return `${spoken(ratio.median)} (${spoken(ratio.least)} … ${spoken(ratio.most)})`;
  return typeof ours === 'number' && typeof theirs === 'number' && theirs > 0 ? spoken(ours / theirs) : '';
};

const spoken = (value: number): string => (value < 0.5 && value > 0 ? `1/${short(1 / value)}` : value.toFixed(2));
