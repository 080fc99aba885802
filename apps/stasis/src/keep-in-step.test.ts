import type { TelephonyEvent } from '@cordboard/application';
import { type ChannelId, instant } from '@cordboard/core';
import { createLogger } from '@cordboard/telemetry';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepInStep } from './keep-in-step.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const at = instant(0);

const setUp = () => {
  const done: string[] = [];
  let tell: (event: TelephonyEvent) => void = () => undefined;
  const asterisk = { answersSnapshots: true };
  const inStep = keepInStep({
    control: {
      heard: ({ type }) => done.push(type),
      recover: (afterOutage) => {
        done.push(afterOutage ? 'recover' : 'compare');
        return Promise.resolve(asterisk.answersSnapshots);
      },
      stop: () => {
        done.push('stop');
        return Promise.resolve();
      },
    },
    telephony: {
      onEvent: (listener) => {
        tell = listener;
        return () => undefined;
      },
    },
    log: createLogger({ name: 'test', level: 'silent' }),
    onConnected: () => done.push('connected'),
  });
  return { done, inStep, asterisk, tell: (event: TelephonyEvent) => tell(event) };
};

test('calls are in control once they have been compared with what is there', async () => {
  const { inStep, tell, done } = setUp();
  expect(inStep.isInControl).toBe(false);
  tell({ type: 'Connected', at, version: '22.10.1' });
  await vi.advanceTimersByTimeAsync(0);
  expect(done).toEqual(['connected', 'recover']);
  expect(inStep.isInControl).toBe(true);
  tell({ type: 'Disconnected', at, because: 'killed' });
  expect(inStep.isInControl).toBe(false);
});

test('a comparison that failed is made again, and nothing is in control before', async () => {
  const { inStep, tell, done, asterisk } = setUp();
  asterisk.answersSnapshots = false;
  tell({ type: 'Connected', at, version: '22.10.1' });
  await vi.advanceTimersByTimeAsync(600);
  expect(inStep.isInControl).toBe(false);
  asterisk.answersSnapshots = true;
  await vi.advanceTimersByTimeAsync(300);
  expect(done.filter((what) => what === 'recover').length).toBeGreaterThan(2);
  expect(inStep.isInControl).toBe(true);
});

test('while in control the two are compared every few seconds, and not otherwise', async () => {
  const { tell, done } = setUp();
  await vi.advanceTimersByTimeAsync(11_000);
  expect(done).toEqual([]);
  tell({ type: 'Connected', at, version: '22.10.1' });
  await vi.advanceTimersByTimeAsync(11_000);
  expect(done.filter((what) => what === 'compare')).toHaveLength(2);
});

test('what ends while Asterisk is being stopped was hung up by nobody: it is looked at when Asterisk is there again', async () => {
  const { inStep, tell, done } = setUp();
  tell({ type: 'Connected', at, version: '22.10.1' });
  await vi.advanceTimersByTimeAsync(0);
  tell({ type: 'ShuttingDown', at });
  tell({ type: 'LegEnded', at, leg: 'c1' as ChannelId, cause: 'hung-up' });
  await vi.advanceTimersByTimeAsync(6000);
  expect(inStep.isInControl).toBe(false);
  tell({ type: 'Disconnected', at, because: 'stopped' });
  tell({ type: 'Connected', at, version: '22.10.1' });
  await vi.advanceTimersByTimeAsync(0);
  tell({ type: 'LegRinging', at, leg: 'c2' as ChannelId });
  expect(done).toEqual(['connected', 'recover', 'connected', 'recover', 'LegRinging']);
  expect(inStep.isInControl).toBe(true);
});

test('an Asterisk that was to be stopped and goes on is listened to again', async () => {
  const { inStep, tell, done } = setUp();
  tell({ type: 'Connected', at, version: '22.10.1' });
  await vi.advanceTimersByTimeAsync(0);
  tell({ type: 'ShuttingDown', at });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(inStep.isInControl).toBe(true);
  tell({ type: 'LegRinging', at, leg: 'c2' as ChannelId });
  expect(done).toEqual(['connected', 'recover', 'recover', 'LegRinging']);
});

test('replaced by another process, it acts no more', async () => {
  const { inStep, tell, done } = setUp();
  tell({ type: 'Connected', at, version: '22.10.1' });
  await vi.advanceTimersByTimeAsync(0);
  tell({ type: 'Replaced', at });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(inStep.isInControl).toBe(false);
  expect(done).toEqual(['connected', 'recover', 'stop']);
});
