import { expect, test } from 'vitest';
import { shortly } from './table/fault.ts';
import { failuresText, rowsOf, tableText } from './table/print-table.ts';
import { faults } from './table/server-faults.ts';
import { makeTable } from './table/table.ts';

const seed = Number(process.env.SEED ?? 1);

/** One of each kind: a process, a store, Asterisk, and the way to it; `npm run test:faults` has them all. */
const selection = ['stasis is killed', 'PostgreSQL is away', 'Asterisk is restarted', 'the way to Asterisk is cut'];

test(`[F15] whatever of it breaks, who talks goes on talking, who waits keeps the place, and each call has its record (SEED=${seed})`, async () => {
  const outcomes = await makeTable(
    {
      seed,
      runs: undefined,
      among: faults.filter(({ name }) => selection.includes(name)),
      inPairs: false,
      // A test machine has other things to do.
      patience: 3,
      lengths: shortly,
      logs: undefined,
    },
    () => undefined,
  );
  expect(outcomes).toHaveLength(selection.length);
  expect(failuresText(outcomes), tableText(rowsOf(outcomes))).toBe('');
}, 180_000);
