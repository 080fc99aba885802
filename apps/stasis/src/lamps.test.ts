import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Lamps, waitingFor } from './lamps.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const phones = [{ extension: '101' }, { extension: '102' }];

const setUp = () => {
  const shown: string[] = [];
  const failures: unknown[] = [];
  const kept = { counts: [{ box: '101', unheard: 1, heard: 0 }], refuse: false };
  const lamps = new Lamps({
    waiting: async () => waitingFor(phones, kept.counts),
    show: async ({ extension, unheard, heard }) => {
      if (kept.refuse) throw new Error('Asterisk is away');
      shown.push(`${extension} ${unheard}/${heard}`);
    },
    onFailure: (error) => failures.push(error),
  });
  const settled = () => vi.advanceTimersByTimeAsync(0);
  return { lamps, shown, failures, kept, settled };
};

test('each phone is told of its own box, and again only when that has changed', async () => {
  const { lamps, shown, kept, settled } = setUp();
  lamps.ask();
  await settled();
  expect(shown).toEqual(['101 1/0', '102 0/0']);
  kept.counts = [];
  lamps.ask();
  await settled();
  expect(shown.slice(2)).toEqual(['101 0/0']);
});

test('a fresh Asterisk is told everything anew', async () => {
  const { lamps, shown, settled } = setUp();
  lamps.ask();
  await settled();
  lamps.showAll();
  await settled();
  expect(shown.slice(2)).toEqual(['101 1/0', '102 0/0']);
});

test('what Asterisk did not take is tried again, until the end', async () => {
  const { lamps, shown, failures, kept, settled } = setUp();
  kept.refuse = true;
  lamps.ask();
  await settled();
  expect([shown, failures.length]).toEqual([[], 1]);
  kept.refuse = false;
  await vi.advanceTimersByTimeAsync(2000);
  expect(shown).toEqual(['101 1/0', '102 0/0']);
  lamps.stop();
  lamps.showAll();
  await settled();
  expect(shown).toHaveLength(2);
});
