import { expect, test } from 'vitest';
import { type Kept, merged, type Row, type Run, table } from './report.ts';

const run = (takenAt: string): Run => ({ takenAt, machine: 'one', versions: {}, parts: [], sizes: {} });
const row = (part: Row['part'], takenAt: string, ours = 1): Row => ({ part, what: part, unit: 'ms', ours, takenAt });
const monday = '2026-01-05T10:00:00Z';
const tuesday = '2026-01-06T10:00:00Z';

test('what is measured anew replaces what was kept of the same part, and nothing else', () => {
  const kept: Kept = { runs: [run(monday)], rows: [row('ringing', monday), row('board', monday)] };
  const { rows, runs } = merged(kept, run(tuesday), [row('match', tuesday), row('ringing', tuesday)]);
  expect(rows).toEqual([row('match', tuesday), row('ringing', tuesday), row('board', monday)]);
  expect(runs.map(({ takenAt }) => takenAt)).toEqual([monday, tuesday]);
});

test('a run of which nothing is left is not told of', () => {
  const kept: Kept = { runs: [run(monday)], rows: [row('ringing', monday)] };
  expect(merged(kept, run(tuesday), [row('ringing', tuesday)]).runs).toEqual([run(tuesday)]);
});

test('each row has its own date, and a row without an aim is neither met nor missed', () => {
  const lines = table([
    { ...row('ringing', monday, 12.34), theirs: 24.68, aim: 'less', met: true },
    row('board', tuesday, 3),
  ]).split('\n');
  expect(lines[2]?.split('|').map((cell) => cell.trim())).toEqual([
    '',
    'ringing',
    'ringing, ms',
    '12.3',
    '24.7',
    '0.50',
    'less',
    'yes',
    '2026-01-05',
    '',
  ]);
  expect(lines[3]).toContain('2026-01-06');
  expect(lines[3]).not.toMatch(/yes|no\b/);
});
