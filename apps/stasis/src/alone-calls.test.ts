import type { KeptCall, KeptCalls } from '@cordboard/ari';
import type { AloneCall } from '@cordboard/core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AloneCalls } from './alone-calls.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const call = (channel: string): KeptCall => ({ call: { channel } as unknown as AloneCall, lines: [] });

/** Asterisk's database, and a store that takes what it is told when it is told to. */
const aHouse = (kept: KeptCalls) => {
  const told: string[] = [];
  const forgotten: string[] = [];
  const house = { kept, told, forgotten, stored: false, failing: false, looks: 0 };
  const calls = new AloneCalls({
    read: async () => {
      house.looks += 1;
      if (house.failing) throw new Error('away');
      return house.kept;
    },
    forget: async ({ call: { channel } }) => {
      forgotten.push(channel);
      house.kept = { ...house.kept, over: house.kept.over.filter((one) => one.call.channel !== channel) };
    },
    tell: ({ channel }) => {
      told.push(channel);
      return () => house.stored;
    },
    onTold: () => undefined,
    onFailure: () => undefined,
  });
  return { house, calls };
};

test('a call is told once, and forgotten when what was told is safe', async () => {
  const { house, calls } = aHouse({ over: [call('1.1'), call('1.2')], goOn: 0 });
  calls.ask();
  await vi.advanceTimersByTimeAsync(3000);
  expect(house).toMatchObject({ told: ['1.1', '1.2'], forgotten: [] });
  house.stored = true;
  await vi.advanceTimersByTimeAsync(1000);
  expect(house).toMatchObject({ told: ['1.1', '1.2'], forgotten: ['1.1', '1.2'] });
  calls.stop();
});

test('what Asterisk has again after it was killed is removed again, and not told again', async () => {
  const { house, calls } = aHouse({ over: [call('1.1')], goOn: 0 });
  house.stored = true;
  calls.ask();
  await vi.advanceTimersByTimeAsync(1000);
  expect(house).toMatchObject({ told: ['1.1'], forgotten: ['1.1'] });
  house.kept = { over: [call('1.1')], goOn: 0 };
  calls.ask();
  await vi.advanceTimersByTimeAsync(1000);
  expect(house).toMatchObject({ told: ['1.1'], forgotten: ['1.1', '1.1'] });
  calls.stop();
});

test('a call that goes on is looked at again soon, and when there is none hardly anything is asked', async () => {
  const { house, calls } = aHouse({ over: [], goOn: 1 });
  calls.ask();
  await vi.advanceTimersByTimeAsync(15_100);
  expect(house.looks).toBe(4);
  house.kept = { over: [], goOn: 0 };
  await vi.advanceTimersByTimeAsync(5000);
  house.looks = 0;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(house.looks).toBe(2);
  calls.stop();
});

test('what could not be read is read later', async () => {
  const { house, calls } = aHouse({ over: [call('1.1')], goOn: 0 });
  house.failing = true;
  calls.ask();
  await vi.advanceTimersByTimeAsync(1000);
  house.failing = false;
  await vi.advanceTimersByTimeAsync(5000);
  expect(house.told).toEqual(['1.1']);
  calls.stop();
});
