import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type CallFact, instant } from '@cordboard/core';
import { createAnnouncements } from '@cordboard/redis';
import { aDirectory, Floor } from '@cordboard/testkit';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { figuresFrom } from '../support/figures-from.ts';
import { until } from '../support/until.ts';
import { type ApiHouse, openApiHouse } from './api-house.ts';

const projectFolder = fileURLToPath(new URL('../../', import.meta.url));
let house: ApiHouse;
const started: ChildProcess[] = [];
beforeAll(async () => {
  house = await openApiHouse();
});
afterEach(async () => {
  for (const child of started.splice(0)) await kill(child, 'SIGKILL');
});
afterAll(() => house.close());

/** The worker as `npm start` runs it. */
const start = async (): Promise<ChildProcess> => {
  // The one before is still remembered for a moment.
  await house.redis.del('cordboard:beat:worker');
  const child = spawn(process.execPath, ['apps/worker/dist/main.js'], {
    cwd: projectFolder,
    env: {
      PATH: process.env.PATH,
      REDIS_URL: house.servers.redis.url,
      DATABASE_URL: house.servers.postgres.url,
      ARI_URL: 'http://127.0.0.1:1',
      ARI_USER: 'nobody',
      ARI_PASSWORD: 'nothing',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  started.push(child);
  return child;
};

const kill = async (child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> => {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
  return child.exitCode;
};

/** Calls that came, waited and went, each under an id of its own; `abandoned` all of them. */
let arrivals = 0;
const callsThatEnded = (count: number): readonly (readonly CallFact[])[] =>
  Array.from({ length: count }, () => {
    const floor = new Floor(undefined, aDirectory());
    floor.now = instant(floor.now + arrivals);
    arrivals += 1;
    const told = floor.facts.length;
    const channel = `1760000000.${arrivals}`;
    const call = floor.arrive('+33170000011', { channel: channel as never });
    floor.after(7000);
    floor.callerHangsUp(call);
    return floor.facts.slice(told) as readonly CallFact[];
  });

const isRecorded = async (calls: readonly (readonly CallFact[])[]): Promise<boolean> => {
  const records = await Promise.all(calls.map((facts) => house.database.calls.byId(facts[0]?.call ?? '')));
  return records.every((record) => record !== undefined);
};

test('what the administrator changes is announced within a second, without a restart', async () => {
  const announcements = createAnnouncements(house.redis);
  const heard: string[] = [];
  announcements.onChange((what) => heard.push(what));
  await start();
  await until('the first announcement', async () => (await announcements.policy())?.version === 1, {
    withinMs: 20_000,
  });
  await until('the directory', async () => (await announcements.directory())?.agents.length === 3);
  heard.length = 0;
  const changedAt = performance.now();
  await house.database.phones.create({ extension: '120', name: 'New' });
  await house.database.agents.create({ id: 'zoe', name: 'Zoë', extension: '120' });
  await until('Zoë', async () => (await announcements.directory())?.agents.some(({ id }) => id === 'zoe'));
  await until('Asterisk being told', () => heard.includes('provisioning'));
  expect(performance.now() - changedAt).toBeLessThan(1000);
  announcements.close();
});

test('Redis that has lost everything is told everything again', async () => {
  const announcements = createAnnouncements(house.redis);
  await start();
  await until('the policy', async () => (await announcements.policy()) !== undefined, { withinMs: 20_000 });
  await house.redis.flushall();
  await house.redis.client('KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
  await until('the policy again', async () => (await announcements.policy()) !== undefined, { withinMs: 10_000 });
  announcements.close();
});

test('a call that has ended has its record, with where it was and how it ended', async () => {
  await start();
  const [facts = []] = callsThatEnded(1);
  await house.tell(facts);
  await until('the record', () => isRecorded([facts]), { withinMs: 20_000 });
  const record = await house.database.calls.byId(facts[0]?.call ?? '');
  expect(record).toMatchObject({ disposition: 'abandoned', queue: 'support', waitedMs: 7000, talkedMs: 0 });
  expect(record?.segments.length).toBeGreaterThan(0);
  expect(await house.database.calls.factsOf(facts[0]?.call as never)).toEqual(facts);
});

test('a worker that is killed in the middle leaves no call without its record, and none with two', async () => {
  const calls = callsThatEnded(60);
  const worker = await start();
  // Each call's beginning first, then the ends: whoever is killed meanwhile knows some calls by half.
  for (const facts of calls) await house.tell(facts.slice(0, 2));
  await until('its sign of life', async () => (await house.redis.exists('cordboard:beat:worker')) === 1, {
    withinMs: 20_000,
  });
  for (const facts of calls.slice(0, 30)) await house.tell(facts.slice(2));
  await until('some records', () => isRecorded(calls.slice(0, 5)), { withinMs: 20_000 });
  await kill(worker, 'SIGKILL');
  for (const facts of calls.slice(30)) await house.tell(facts.slice(2));
  // A ledger that was not sure whether its change had been taken tells it again.
  for (const facts of calls.slice(0, 10)) await house.tell(facts);
  await start();
  await until('all records', () => isRecorded(calls), { withinMs: 40_000 });
}, 90_000);

test('records wait for PostgreSQL, and are complete when it is back', async () => {
  await start();
  await until('its sign of life', async () => (await house.redis.exists('cordboard:beat:worker')) === 1, {
    withinMs: 20_000,
  });
  const calls = callsThatEnded(10);
  await house.withoutPostgres(async () => {
    for (const facts of calls) await house.tell(facts);
    await until('jobs that wait', async () => (await house.redis.zcard('cordboard:jobs:record-call:delayed')) > 0, {
      withinMs: 20_000,
    });
    await until(
      'the failures among the figures',
      async () => {
        const figures = await figuresFrom(house.url);
        return (
          figures.sum('cordboard_jobs_total', { kind: 'record-call', outcome: 'failed' }) >= 10 &&
          figures.sum('cordboard_job_queue_depth', { kind: 'record-call', state: 'delayed' }) > 0
        );
      },
      { withinMs: 15_000 },
    );
  });
  await until('the records', () => isRecorded(calls), { withinMs: 30_000 });
});

test('asked to stop, it ends in good order', async () => {
  const worker = await start();
  await until('its sign of life', async () => (await house.redis.exists('cordboard:beat:worker')) === 1, {
    withinMs: 20_000,
  });
  expect(await kill(worker, 'SIGTERM')).toBe(0);
});
