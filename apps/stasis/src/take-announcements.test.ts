import type { Announcements } from '@cordboard/application';
import type { Policy } from '@cordboard/core';
import { aDirectory, aPolicy } from '@cordboard/testkit';
import { expect, test } from 'vitest';
import { takeAnnouncements } from './take-announcements.ts';

const setUp = async () => {
  const taken: string[] = [];
  const failures: unknown[] = [];
  let tell: Parameters<Announcements['onChange']>[0] = () => undefined;
  const redis = { policy: async (): Promise<Policy | undefined> => aPolicy() };
  const stop = await takeAnnouncements({
    control: {
      policyPublished: ({ version }) => taken.push(`policy ${version}`),
      directoryChanged: () => taken.push('directory'),
    },
    announcements: {
      policy: () => redis.policy(),
      policyOf: () => Promise.resolve(undefined),
      directory: () => Promise.resolve(aDirectory()),
      onChange: (listener) => {
        tell = listener;
        return () => {
          tell = () => undefined;
        };
      },
    },
    onProvisioning: () => taken.push('provisioning'),
    onMessages: () => taken.push('messages'),
    onFailure: (error) => failures.push(error),
  });
  return { taken, failures, redis, stop, tell: (what: Parameters<typeof tell>[0]) => tell(what) };
};

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('rules and people are there before the first call', async () => {
  const { taken } = await setUp();
  expect(taken).toEqual(['policy 1', 'provisioning', 'directory', 'provisioning']);
});

test('a slow reading of an old policy does not come after a quick one of a new policy', async () => {
  const { taken, redis, tell } = await setUp();
  let letGo = (_: Policy): void => undefined;
  redis.policy = () =>
    new Promise((resolve) => {
      letGo = resolve;
    });
  tell('policy');
  await settled();
  const slow = letGo;
  redis.policy = () => Promise.resolve({ ...aPolicy(), version: 3 });
  tell('policy');
  await settled();
  slow({ ...aPolicy(), version: 2 });
  await settled();
  expect(taken.filter((what) => what.startsWith('policy'))).toEqual(['policy 1', 'policy 2', 'policy 3']);
});

test('what could not be read leaves what was known, and is told', async () => {
  const { taken, failures, redis, tell } = await setUp();
  redis.policy = () => Promise.reject(new Error('Redis is away'));
  tell('policy');
  tell('directory');
  await settled();
  expect(failures).toHaveLength(1);
  expect(taken.at(-2)).toBe('directory');
});
