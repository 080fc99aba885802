import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Change, Journal, JournalEntry } from '@cordboard/application';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openJournal } from './journal.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cordboard-journal-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const change = (n: number, what = ''): JournalEntry => ({
  is: 'change',
  at: { epoch: 1, n },
  change: { calls: [], ended: [], agents: [], facts: [{ type: 'Said', what }] } as unknown as Change,
});
const whole = (n: number): JournalEntry => ({ ...change(n), is: 'whole' });

const opened = async (options: { segmentBytes?: number; mostBytes?: number; into?: string } = {}) => {
  const seen: string[] = [];
  const { into = folder, ...limits } = options;
  const journal = await openJournal({
    folder: into,
    ...limits,
    observer: {
      holds: () => undefined,
      failed: () => seen.push('failed'),
      resumed: () => seen.push('resumed'),
      torn: ({ line }) => seen.push(`torn ${line}`),
    },
  });
  return { journal, seen };
};

const all = async (journal: Pick<Journal, 'read'>): Promise<readonly JournalEntry[]> => {
  const entries: JournalEntry[] = [];
  for await (const entry of journal.read()) entries.push(entry);
  return entries;
};

test('what was written is read by the next process, in order, and is gone once it has been cleared', async () => {
  const { journal } = await opened();
  journal.begin([whole(1), change(1, 'a\nb')]);
  journal.append(change(2));
  await journal.close();
  const { journal: next, seen } = await opened();
  expect(await all(next)).toEqual([whole(1), change(1, 'a\nb'), change(2)]);
  next.begin([whole(3)]);
  expect(await all(next)).toEqual([whole(1), change(1, 'a\nb'), change(2), whole(3)]);
  next.clear();
  expect(await all(next)).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
  expect(seen).toEqual([]);
  await next.close();
});

test('what is begun instead of the rest stands alone, and the rest stays where that could not be written', async () => {
  const { journal } = await opened();
  journal.begin([whole(1), change(2)]);
  journal.begin([whole(3)], 'instead');
  journal.append(change(4));
  expect(await all(journal)).toEqual([whole(3), change(4)]);
  expect(await readdir(folder)).toHaveLength(1);
  await journal.close();
  const { journal: full, seen } = await opened({ mostBytes: 400 });
  full.begin([whole(5), change(6), change(7)], 'instead');
  expect(await all(full)).toEqual([whole(3), change(4)]);
  expect(seen).toEqual(['failed']);
  await full.close();
});

test('a file is followed by the next when it has grown long enough', async () => {
  const { journal } = await opened({ segmentBytes: 100 });
  journal.begin([whole(0)]);
  for (let n = 1; n <= 5; n += 1) {
    journal.append(change(n));
    await all(journal);
  }
  expect((await readdir(folder)).length).toBeGreaterThan(2);
  expect((await all(journal)).map(({ at }) => at.n)).toEqual([0, 1, 2, 3, 4, 5]);
  await journal.close();
});

test('wherever the writing was broken off, a prefix is read: nothing else, and nothing spoilt', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { minLength: 1, maxLength: 8 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (texts, where) => {
        const into = await mkdtemp(join(folder, 'case-'));
        const { journal } = await opened({ into });
        const written = texts.map((text, index) => change(index + 1, text));
        journal.begin(written);
        await journal.close();
        const [name = ''] = await readdir(into);
        const { length } = await readFile(join(into, name));
        await truncate(join(into, name), Math.floor(length * where));
        const { journal: next } = await opened({ into });
        const read = await all(next);
        expect(read).toEqual(written.slice(0, read.length));
        // What comes behind the broken line is read all the same.
        next.begin([whole(9)]);
        expect(await all(next)).toEqual([...read, whole(9)]);
        await next.close();
      },
    ),
    { numRuns: 50 },
  );
});

test('a last line torn in the middle is left out, and it is told that it was', async () => {
  const { journal } = await opened();
  journal.begin([change(1), change(2)]);
  await journal.close();
  const file = join(folder, (await readdir(folder))[0] ?? '');
  await writeFile(file, (await readFile(file)).subarray(0, -3));
  const { journal: next, seen } = await opened();
  expect((await all(next)).map(({ at }) => at.n)).toEqual([1]);
  expect(seen).toEqual(['torn 2']);
  await next.close();
});

describe('the disk does not take it', () => {
  test('a folder that cannot be written is told of once, and it goes on when it can be', async () => {
    const into = join(folder, 'in-the-way', 'journal');
    await writeFile(join(folder, 'in-the-way'), 'a file where the folder should be');
    const { journal, seen } = await opened({ into });
    journal.begin([whole(1)]);
    await journal.probe();
    expect(journal.isWhole).toBe(false);
    expect(seen).toEqual(['failed']);
    await rm(join(folder, 'in-the-way'));
    await journal.probe();
    expect(seen).toEqual(['failed', 'resumed']);
    journal.begin([whole(2)]);
    expect(await all(journal)).toEqual([whole(2)]);
    expect(journal.isWhole).toBe(true);
    await journal.close();
  });

  test('it never grows beyond what it may hold', async () => {
    const { journal, seen } = await opened({ mostBytes: 400 });
    journal.begin([whole(0)]);
    for (let n = 1; n <= 9; n += 1) {
      journal.append(change(n));
      await all(journal);
    }
    expect(seen).toEqual(['failed']);
    expect((await all(journal)).length).toBeLessThan(6);
    await journal.close();
  });
});
