// Breaks one thing after another while calls go on, and tells what came of it.   npm run test:faults [-- --runs 200]
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { invariants } from './finding.ts';
import { type Options, OptionsRefused, readOptions } from './options.ts';
import { failuresText, outcomeText, rowsOf, tableText } from './print-table.ts';
import { faults } from './server-faults.ts';
import { makeTable, type Outcome } from './table.ts';

const main = async (): Promise<number> => {
  const options = readOptions(process.argv.slice(2), faults, Date.now() % 1_000_000);
  const { seed, patience } = options;
  console.log(
    `seed ${seed}; limits are ${patience === 1 ? 'as they should be' : `${patience} times what they should be`}`,
  );
  const told: Outcome[] = [];
  // Who ends a long series is shown what has been found so far; the house goes with this process.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      show(told);
      process.exit(1);
    });
  const outcomes = await makeTable(options, (outcome) => {
    told.push(outcome);
    console.log(outcomeText(outcome));
  });
  const failures = show(outcomes);
  if (options.keep) await keep(outcomes, options);
  return failures === '' ? 0 : 1;
};

/** @returns what did not hold; empty when everything held */
const show = (outcomes: readonly Outcome[]): string => {
  const failures = failuresText(outcomes);
  console.log(`\n${tableText(rowsOf(outcomes))}\n\n${failures === '' ? 'Everything held.' : failures}`);
  return failures;
};

/** One at a time, in pairs, as long as in earnest: each kind of series has files of its own. */
const keep = async (outcomes: readonly Outcome[], { patience, inPairs, isInEarnest }: Options): Promise<void> => {
  const file = `bench/results/faults${inPairs ? '-in-pairs' : ''}${isInEarnest ? '-in-earnest' : ''}`;
  const how = `${inPairs ? ', two at a time' : ''}${isInEarnest ? ', each for as long as it says' : ''}`;
  const rows = rowsOf(outcomes);
  const takenAt = new Date().toISOString();
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`;
  const failures = failuresText(outcomes);
  await mkdir('bench/results', { recursive: true });
  const found = outcomes.map(({ findings: { all, masked }, ...outcome }) => ({ ...outcome, broken: all, masked }));
  await writeFile(
    `${file}.json`,
    `${JSON.stringify({ takenAt, machine, patience, invariants, rows, runs: found }, undefined, 2)}\n`,
  );
  await writeFile(
    `${file}.md`,
    [
      `# What was broken, and what came of it`,
      '',
      `${outcomes.length} runs on ${takenAt.slice(0, 10)}${how}, ${machine}, limits × ${patience}. Each cell: in how many runs it did not hold, the worst`,
      'that was measured, and after `~` in how many runs the machine itself was too late to tell. See [docs/faults.md](../../docs/faults.md).',
      '',
      tableText(rows),
      '',
      ...(failures === '' ? ['Everything held.'] : failures.split('\n').map((line) => `- ${line}`)),
      '',
    ].join('\n'),
  );
};

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof OptionsRefused)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
