import { aDirectory, aPolicy } from '@cordboard/testkit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Announcer, everything } from './announcer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const setUp = () => {
  const told: string[] = [];
  const failures: string[] = [];
  const kept = { policy: () => Promise.resolve(aPolicy()) };
  const announcer = new Announcer({
    policy: () => kept.policy(),
    directory: () => Promise.resolve(aDirectory()),
    tell: {
      policy: async ({ version }) => void told.push(`policy ${version}`),
      directory: async () => void told.push('directory'),
      provisioning: async () => void told.push('provisioning'),
      messages: async () => void told.push('messages'),
    },
    onAnnounced: () => undefined,
    onFailure: (what) => failures.push(what),
  });
  return { announcer, told, failures, kept };
};

test('people come before the policy that names them, and then phones and their lamps', async () => {
  const { announcer, told } = setUp();
  announcer.ask(...everything);
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual(['directory', 'policy 1', 'provisioning', 'messages']);
});

test('what cannot be read now is read again, and the rest is told meanwhile', async () => {
  const { announcer, told, failures, kept } = setUp();
  kept.policy = () => Promise.reject(new Error('PostgreSQL is away'));
  announcer.ask(...everything);
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual(['directory', 'provisioning', 'messages']);
  kept.policy = () => Promise.resolve(aPolicy());
  await vi.advanceTimersByTimeAsync(1100);
  expect(told.at(-1)).toBe('policy 1');
  expect(failures).toEqual(['policy']);
});

test('once stopped, nothing more is told', async () => {
  const { announcer, told } = setUp();
  await announcer.stop();
  announcer.ask('directory');
  await vi.advanceTimersByTimeAsync(2000);
  expect(told).toEqual([]);
});
