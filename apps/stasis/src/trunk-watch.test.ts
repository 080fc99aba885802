import type { TrunkReport } from '@cordboard/core';
import type { Registration } from '@cordboard/trunk-probe';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TrunkWatch } from './trunk-watch.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const trunk = { id: 'alpha', name: 'Alpha', addresses: [], server: 'sip.example.net' };
const registering = { ...trunk, registration: { username: 'house', password: 'right' } };

const setUp = (answer: Registration = { is: 'registered' }) => {
  const reports: [string, TrunkReport][] = [];
  const carrier = { answer, asked: 0, fails: false };
  const errors: unknown[] = [];
  const watch = new TrunkWatch(
    { trunkReported: (id, report) => reports.push([id, report]) },
    (error) => errors.push(error),
    async () => {
      carrier.asked += 1;
      if (carrier.fails) throw new Error('the name server is away');
      return carrier.answer;
    },
  );
  return { watch, reports, carrier, errors };
};

test('a wrong password is found out soon after it has been entered, and again and again', async () => {
  const { watch, reports, carrier } = setUp({ is: 'rejected', status: 403 });
  watch.pushed([registering]);
  await vi.advanceTimersByTimeAsync(5000);
  expect(reports).toEqual([['alpha', { of: 'registration', is: 'rejected', status: 403 }]]);
  carrier.answer = { is: 'registered' };
  await vi.advanceTimersByTimeAsync(30_000);
  expect(reports.at(-1)).toEqual(['alpha', { of: 'registration', is: 'registered' }]);
});

test('a push that changes nothing asks nobody; a changed trunk is a new one; one that is gone is asked no more', async () => {
  const { watch, reports, carrier } = setUp();
  watch.pushed([registering]);
  watch.pushed([registering]);
  await vi.advanceTimersByTimeAsync(5000);
  expect(carrier.asked).toBe(1);
  watch.pushed([{ ...registering, name: 'Another' }]);
  expect(reports.at(-1)).toEqual(['alpha', { of: 'trunk', is: 'changed' }]);
  watch.pushed([]);
  expect(reports.at(-1)).toEqual(['alpha', { of: 'trunk', is: 'removed' }]);
  const { asked } = carrier;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(carrier.asked).toBe(asked);
});

test('one is asked on while others are changed, and soon again while Asterisk has not registered yet', async () => {
  const { watch, reports, carrier } = setUp({ is: 'unregistered' });
  watch.pushed([structuredClone(registering)]);
  await vi.advanceTimersByTimeAsync(2000);
  watch.pushed([structuredClone(registering), { ...trunk, id: 'beta' }]);
  carrier.answer = { is: 'registered' };
  await vi.advanceTimersByTimeAsync(2000);
  expect(reports.at(-1)).toEqual(['alpha', { of: 'registration', is: 'registered' }]);
  carrier.answer = { is: 'unregistered' };
  await vi.advanceTimersByTimeAsync(60_000);
  // Once that it is new, and then every 15 s.
  expect(carrier.asked).toBeLessThan(12);
  expect(reports.at(-1)).toEqual(['alpha', { of: 'registration', is: 'unregistered' }]);
});

test('who does not register is not asked; what cannot be found out is not told, and is asked again', async () => {
  const { watch, reports, carrier, errors } = setUp();
  watch.pushed([{ ...trunk, id: 'beta' }]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(carrier.asked).toBe(0);
  carrier.fails = true;
  watch.pushed([registering]);
  await vi.advanceTimersByTimeAsync(5000);
  expect(errors).toHaveLength(1);
  carrier.fails = false;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(reports.at(-1)).toEqual(['alpha', { of: 'registration', is: 'registered' }]);
  watch.stop();
});
