import { type Invariant, invariants } from './finding.ts';
import type { Outcome } from './table.ts';

/** One row: a fault, or two that came at once, and how it went over all its runs. */
export interface Row {
  readonly faults: string;
  readonly runs: number;
  readonly cells: Readonly<Record<Invariant, Cell>>;
}

export interface Cell {
  /** In how many runs it did not hold. */
  readonly broken: number;
  /** In how many runs it could not be told, as the machine itself was late. */
  readonly masked: number;
  /** The worst that was measured, ms; undefined where nothing is. */
  readonly worstMs: number | undefined;
}

export const names = Object.keys(invariants) as readonly Invariant[];

export const rowsOf = (outcomes: readonly Outcome[]): readonly Row[] => {
  const byFault = group(outcomes);
  return [...byFault].map(([faults, of]) => ({
    faults,
    runs: of.length,
    cells: Object.fromEntries(names.map((name) => [name, cellOf(of, name)])) as Record<Invariant, Cell>,
  }));
};

const group = (outcomes: readonly Outcome[]): ReadonlyMap<string, readonly Outcome[]> => {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const key = outcome.faults.join(' + ');
    groups.set(key, [...(groups.get(key) ?? []), outcome]);
  }
  return groups;
};

const cellOf = (outcomes: readonly Outcome[], name: Invariant): Cell => {
  const has = (list: readonly { readonly invariant: Invariant }[]): boolean =>
    list.some(({ invariant }) => invariant === name);
  const worst = outcomes.flatMap(({ findings }) => findings.worst.get(name) ?? []);
  return {
    broken: outcomes.filter(({ findings }) => has(findings.all)).length,
    masked: outcomes.filter(({ findings }) => has(findings.masked)).length,
    worstMs: worst.length === 0 ? undefined : Math.round(Math.max(...worst)),
  };
};

/** `0`, or `2 of 9`; the worst in ms; `~1` where the machine was too late to tell. */
const cellText = ({ broken, masked, worstMs }: Cell): string =>
  [String(broken), ...(worstMs === undefined ? [] : [`(${worstMs} ms)`]), ...(masked === 0 ? [] : [`~${masked}`])].join(
    ' ',
  );

/** The table as markdown. */
export const tableText = (rows: readonly Row[]): string => {
  const lines = [
    ['fault', 'runs', ...names],
    ...rows.map(({ faults, runs, cells }) => [faults, String(runs), ...names.map((name) => cellText(cells[name]))]),
  ];
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const written = lines.map(
    (line) => `| ${line.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [written[0], rule, ...written.slice(1)].join('\n');
};

/** What did not hold, with the seed that shows it again. */
export const failuresText = (outcomes: readonly Outcome[]): string =>
  outcomes
    .flatMap(({ seed, faults, findings }) =>
      findings.all.map(({ invariant, said }) => `seed ${seed}, ${faults.join(' + ')}: ${invariant}: ${said}`),
    )
    .join('\n');

/** One line about a run that is over. */
export const outcomeText = ({ seed, faults, findings, tookMs }: Outcome): string =>
  [
    `${findings.all.length === 0 ? 'holds ' : 'BROKEN'} seed ${seed} in ${(tookMs / 1000).toFixed(1)} s: ${faults.join(' + ')}`,
    ...findings.all.map(({ invariant, said }) => `         ${invariant}: ${said}`),
    ...findings.masked.map(({ invariant, said }) => `         (not told: ${invariant}: ${said})`),
  ].join('\n');
