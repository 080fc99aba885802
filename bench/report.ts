import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Ratio, Summary } from './statistics.ts';

/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly unit: 'ms' | '';
  readonly ours: Summary | number;
  readonly theirs?: Summary | number;
  readonly ratio?: Ratio;
  readonly aim: string;
  readonly met: boolean;
}

export interface Report {
  readonly takenAt: string;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, number>>;
  readonly rows: readonly Row[];
}

export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`;

const shown = (value: Summary | number | undefined): string =>
  value === undefined
    ? ''
    : typeof value === 'number'
      ? value.toFixed(value < 10 ? 2 : 0)
      : `${short(value.median)} / ${short(value.p95)} / ${short(value.p99)}`;

const short = (ms: number): string => (Math.abs(ms) < 100 ? ms.toFixed(1) : ms.toFixed(0));

const ratio = (value: Ratio | undefined): string =>
  value === undefined ? '' : `${spoken(value.median)} (${spoken(value.least)} … ${spoken(value.most)})`;

const spoken = (value: number): string => (value < 0.5 ? `1/${(1 / value).toFixed(0)}` : value.toFixed(2));

export const table = ({ rows }: Report): string => {
  const lines = rows.map(({ what, unit, ours, theirs, ratio: r, aim, met }) => [
    unit === '' ? what : `${what}, ${unit}`,
    shown(ours),
    shown(theirs),
    ratio(r),
    aim,
    met ? 'yes' : '**no**',
  ]);
  const all = [
    ['what (median / p95 / p99)', 'Cordboard', 'Queue()', 'ratio of medians (pairs)', 'aim', 'met'],
    ...lines,
  ];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((line) => line[column]?.length ?? 0))) ?? [];
  const row = (line: readonly string[]): string =>
    `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = all;
  return [row(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body.map(row)].join('\n');
};

export const write = async (report: Report, folder: string): Promise<void> => {
  await mkdir(join(folder, 'results'), { recursive: true });
  await writeFile(join(folder, 'results', 'latest.json'), `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(join(folder, 'results', 'latest.svg'), picture(report));
  await writeFile(
    join(folder, 'RESULTS.md'),
    [
      '# What was measured last',
      '',
      `Taken ${report.takenAt} on ${report.machine}; ${Object.entries(report.versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', ')}.`,
      'All in one run on one Asterisk, pairs one right after the other. How: [docs/performance.md](../docs/performance.md).',
      '',
      '![The medians, beside the peer](results/latest.svg)',
      '',
      table(report),
      '',
    ].join('\n'),
  );
};

const width = 720;
const barHeight = 22;

/** Bars on a logarithmic scale: what differs a hundredfold does not fit on another. */
const picture = ({ rows }: Report): string => {
  const compared = rows.flatMap(({ what, ours, theirs }) =>
    typeof ours === 'object' && typeof theirs === 'object' ? [{ what, ours, theirs }] : [],
  );
  const scale = (ms: number): number => Math.max(2, (Math.log10(Math.max(ms, 0.1)) + 1) * 130);
  const bars = compared.flatMap(({ what, ours, theirs }, index) => {
    const y = 20 + index * 110;
    return [
      `<text x="12" y="${y + 14}" class="what">${what}</text>`,
      ...[
        { name: 'Cordboard', of: ours, at: y + 26, style: 'ours' },
        { name: 'Queue()', of: theirs, at: y + 26 + barHeight + 6, style: 'theirs' },
      ].flatMap(({ name, of, at, style }) => [
        `<text x="12" y="${at + 16}">${name}</text>`,
        `<rect x="100" y="${at}" width="${scale(of.median).toFixed(0)}" height="${barHeight}" rx="4" class="${style}"/>`,
        `<text x="${(108 + scale(of.median)).toFixed(0)}" y="${at + 16}">${short(of.median)} ms (p99 ${short(of.p99)})</text>`,
      ]),
    ];
  });
  const height = 20 + compared.length * 110;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Median times, logarithmic scale">`,
    '<style>text{font:14px system-ui,sans-serif;fill:#1a1d21}.what{font-weight:600}.ours{fill:#1f7a4d}.theirs{fill:#9aa1aa}rect.back{fill:#fff}</style>',
    `<rect class="back" width="${width}" height="${height}"/>`,
    ...bars,
    '</svg>',
    '',
  ].join('\n');
};
