import type { Announcements } from '@cordboard/application';
import { aDirectory, aPolicy } from '@cordboard/testkit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Provisioner, type Wanted } from './provisioner.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const announcements: Announcements = {
  policy: () => Promise.resolve(aPolicy()),
  policyOf: () => Promise.resolve(undefined),
  directory: () => Promise.resolve(aDirectory()),
  onChange: () => () => undefined,
};

const phone = (extension: string) => ({ extension, name: extension, password: 'a-long-enough-one' });

const setUp = () => {
  const pushed: Wanted[] = [];
  const failures: unknown[] = [];
  const kept = { phones: [phone('101')], trunks: [] };
  const asterisk = { isAway: false, hold: undefined as Promise<void> | undefined };
  const provisioner = new Provisioner({
    announcements,
    kept: () => Promise.resolve({ ...kept, phones: [...kept.phones] }),
    push: async (wanted) => {
      await asterisk.hold;
      if (asterisk.isAway) throw new Error('Asterisk is away');
      pushed.push(wanted);
    },
    onPushed: () => undefined,
    onFailure: (error) => failures.push(error),
  });
  return { provisioner, pushed, failures, kept, asterisk };
};

const settled = () => vi.advanceTimersByTimeAsync(0);

test('asked once, Asterisk is told once of all phones, and of who rings and what is spoken when nobody controls calls', async () => {
  const { provisioner, pushed } = setUp();
  provisioner.ask();
  await settled();
  expect(pushed).toHaveLength(1);
  expect(pushed[0]?.phones.map(({ extension }) => extension)).toEqual(['101']);
  expect(pushed[0]?.fallback.length).toBeGreaterThan(0);
  expect(pushed[0]?.language).toBe(aPolicy().numbers[0]?.language);
});

test('what changes during a push is pushed after it', async () => {
  const { provisioner, pushed, kept, asterisk } = setUp();
  let letGo = (): void => undefined;
  asterisk.hold = new Promise((resolve) => {
    letGo = resolve;
  });
  provisioner.ask();
  await settled();
  kept.phones.push(phone('102'));
  provisioner.ask();
  provisioner.ask();
  letGo();
  await settled();
  expect(pushed.map(({ phones }) => phones.length)).toEqual([1, 2]);
});

test('what Asterisk did not take is tried again until it does', async () => {
  const { provisioner, pushed, failures, asterisk } = setUp();
  asterisk.isAway = true;
  provisioner.ask();
  await vi.advanceTimersByTimeAsync(5000);
  expect(failures).toHaveLength(2);
  asterisk.isAway = false;
  await vi.advanceTimersByTimeAsync(4000);
  expect(pushed).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(pushed).toHaveLength(1);
});

test('what is refused again and again is tried ever less often, and at once when something changes', async () => {
  const { provisioner, failures, asterisk } = setUp();
  asterisk.isAway = true;
  provisioner.ask();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(failures.length).toBeLessThan(20);
  const before = failures.length;
  provisioner.ask();
  await settled();
  expect(failures).toHaveLength(before + 1);
});

test('once stopped, nothing is tried again', async () => {
  const { provisioner, failures, asterisk } = setUp();
  asterisk.isAway = true;
  provisioner.ask();
  await settled();
  provisioner.stop();
  const before = failures.length;
  await vi.advanceTimersByTimeAsync(10_000);
  provisioner.ask();
  await settled();
  expect(failures).toHaveLength(before);
});
