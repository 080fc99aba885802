import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Announcements } from '@cordboard/application';
import { RedisUnavailable } from '@cordboard/redis';
import { aDirectory, aPolicy } from '@cordboard/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepAnnouncements } from './kept-announcements.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cordboard-kept-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const away = (): Promise<never> => Promise.reject(new RedisUnavailable('Redis is away.'));
const redisAway: Announcements = { policy: away, policyOf: away, directory: away, onChange: () => () => undefined };
const nothingAnnounced: Announcements = {
  ...redisAway,
  policy: () => Promise.resolve(undefined),
  policyOf: () => Promise.resolve(undefined),
  directory: () => Promise.resolve(undefined),
};
const announced: Announcements = {
  ...redisAway,
  policy: () => Promise.resolve(aPolicy()),
  directory: () => Promise.resolve(aDirectory()),
};

test.each([
  ['is away', redisAway],
  ['has lost them', nothingAnnounced],
])('the rules and the people last announced hold while Redis %s, also for the next process', async (_, redis) => {
  const unkept: unknown[] = [];
  const before = keepAnnouncements(announced, folder, (error) => unkept.push(error));
  await before.policy();
  await before.directory();
  const now = keepAnnouncements(redis, folder, (error) => unkept.push(error));
  expect(await now.policy()).toEqual(JSON.parse(JSON.stringify(aPolicy())));
  expect(await now.policyOf(aPolicy().version)).toMatchObject({ version: aPolicy().version });
  expect(await now.directory()).toEqual(JSON.parse(JSON.stringify(aDirectory())));
  expect(unkept).toEqual([]);
});

test('where nothing has been kept either, it is said that Redis is away', async () => {
  const kept = keepAnnouncements(redisAway, folder, () => undefined);
  await expect(kept.policy()).rejects.toThrow(RedisUnavailable);
});

test('only the last versions are kept, and a folder that cannot be written stops nobody', async () => {
  for (let version = 1; version <= 23; version += 1) {
    const policy = () => Promise.resolve({ ...aPolicy(), version });
    await keepAnnouncements({ ...announced, policy }, folder, () => undefined).policy();
  }
  expect((await readdir(folder)).filter((name) => name.startsWith('policy-'))).toHaveLength(20);
  const unkept: unknown[] = [];
  await writeFile(join(folder, 'in-the-way'), '');
  const kept = keepAnnouncements(announced, join(folder, 'in-the-way'), (error) => unkept.push(error));
  expect(await kept.policy()).toMatchObject({ version: 1 });
  expect(unkept.length).toBeGreaterThan(0);
});
