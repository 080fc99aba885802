import { type Instant, instant } from '@cordboard/core';
import { PolicyUnreadable } from '@cordboard/database';
import { aPolicy } from '@cordboard/testkit';
import { expect, test } from 'vitest';
import { createNewestPolicy } from './newest-policy.ts';

const entry = (version: number) => ({
  version,
  publishedAt: instant(0) as Instant,
  publishedBy: 'admin',
  note: '',
  moveWaiting: false,
});

const policies = (readable: readonly number[], ...all: readonly number[]) => ({
  versions: async () => all.map(entry),
  byVersion: async (version: number) => {
    if (readable.includes(version)) return aPolicy({ version });
    throw new PolicyUnreadable(`version ${version}`);
  },
});

test('while the newest policy makes no sense, the one before is in force, and that is said once', async () => {
  const unreadable: number[] = [];
  const newest = createNewestPolicy(policies([1, 2], 3, 2, 1), (version) => unreadable.push(version));
  expect((await newest())?.version).toBe(2);
  expect((await newest())?.version).toBe(2);
  expect(unreadable).toEqual([3]);
});

test('before the first policy there is none', async () => {
  expect(await createNewestPolicy(policies([]), () => undefined)()).toBeUndefined();
});

test('PostgreSQL that is away is not taken for a policy that makes no sense', async () => {
  const away = { ...policies([1], 1), byVersion: () => Promise.reject(new Error('away')) };
  await expect(createNewestPolicy(away, () => undefined)()).rejects.toThrow('away');
});
