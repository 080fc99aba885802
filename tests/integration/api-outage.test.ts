import { instant } from '@cordboard/core';
import { beat } from '@cordboard/redis';
import { Floor } from '@cordboard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BoardWatch } from '../support/board-watch.ts';
import { until } from '../support/until.ts';
import { type ApiHouse, openApiHouse } from './api-house.ts';

let house: ApiHouse;
beforeAll(async () => {
  house = await openApiHouse();
});
afterAll(() => house.close());

const readiness = async () => {
  const response = await fetch(`${house.url}/readyz`);
  const body = (await response.json()) as { ready: boolean; checks: Record<string, { ok: boolean; because: string }> };
  return { status: response.status, ...body };
};

test('what is not there is named, with what to look at; what is there counts as ready', async () => {
  const { status, checks } = await readiness();
  expect(status).toBe(503);
  expect(checks).toMatchObject({
    redis: { ok: true },
    database: { ok: true },
    feed: { ok: true },
    callControl: { ok: false, because: expect.stringContaining('apps/stasis') },
  });
  const beats = setInterval(() => void house.beat(), 300);
  try {
    await until('ready', async () => (await readiness()).status === 200);
  } finally {
    clearInterval(beats);
  }
});

test('without PostgreSQL the board and the cards go on, and what needs it says so', async () => {
  const floor = new Floor();
  floor.now = instant(Date.now());
  const board = await BoardWatch.open(house.supervisor);
  try {
    await house.servers.postgres.stop();
    floor.signIn('ana');
    const call = floor.arrive('+33170000011');
    await house.tell(floor.facts);
    await board.shows('the call', ({ calls }) => calls.has(call));
    const why = await house.supervisor.send('GET', `/api/calls/${call}/why`);
    expect(why.status).toBe(200);
    const customers = await house.supervisor.send('GET', '/api/customers');
    expect(customers.status).toBe(503);
    expect(await customers.json()).toMatchObject({ code: 'database-unavailable' });
    const check = await until('the check', async () => {
      const { database } = (await readiness()).checks;
      return database?.ok === false && database;
    });
    expect(check.because).toContain('DATABASE_URL');
  } finally {
    board.close();
  }
});

test('a journal that call control cannot write is named before it is needed', async () => {
  const because = 'The journal cannot be written: free or repair the data folder.';
  const beats = setInterval(() => void beat(house.redis, 'call-control', { journal: { ok: false, because } }), 300);
  try {
    await until('the check', async () => (await readiness()).checks.journal?.because === because);
    expect((await readiness()).status).toBe(503);
  } finally {
    clearInterval(beats);
  }
});

test('without Redis nobody is known, and it is said', async () => {
  await house.servers.redis.stop();
  await until('the loss noticed', async () => {
    const response = await house.supervisor.send('GET', '/api/board');
    return response.status === 503 && ((await response.json()) as { code: string }).code === 'redis-unavailable';
  });
  expect((await fetch(`${house.url}/healthz`)).status).toBe(200);
  const check = await until('the check', async () => {
    const { redis } = (await readiness()).checks;
    return redis?.ok === false && redis;
  });
  expect(check.because).toContain('REDIS_URL');
});
