import { type CallFact, type Fact, instant, localTime } from '@cordboard/core';
import { followFacts, newestOffset } from '@cordboard/redis';
import { aDirectory, aPolicy, Floor } from '@cordboard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportDay } from '../../apps/cli/src/simulate/export-day.ts';
import { keepFacts } from '../../apps/worker/src/keep-facts.ts';
import { until } from '../support/until.ts';
import { type ApiHouse, openApiHouse } from './api-house.ts';

let house: ApiHouse;
beforeAll(async () => {
  house = await openApiHouse();
});
afterAll(() => house.close());

/** One day of calls, a minute apart; what is told of each. */
const aDay = (calls: number): readonly (readonly Fact[])[] => {
  const floor = new Floor(undefined, aDirectory());
  let told = 0;
  const news = (): readonly Fact[] => {
    const facts = floor.facts.slice(told);
    told = floor.facts.length;
    return facts;
  };
  return Array.from({ length: calls }, (_, index) => {
    const call = floor.arrive('+33170000011', { channel: `1760000000.${index + 1}` as never });
    floor.after(7000);
    floor.callerHangsUp(call);
    floor.after(3000);
    return news();
  });
};

/** As the worker does, until all that has been told is kept. */
const keepAll = async (): Promise<void> => {
  const ending = new AbortController();
  const keeping = keepFacts({
    follow: (options) => followFacts(house.redis, options),
    kept: house.database.keptFacts,
    signal: ending.signal,
    onFailure: (error) => {
      throw error;
    },
  });
  const newest = await newestOffset(house.redis);
  await until('all kept', async () => (await house.database.keptFacts.lastOffset()) === newest, { withinMs: 20_000 });
  ending.abort();
  await keeping;
};

const tell = async (calls: readonly (readonly Fact[])[]): Promise<void> => {
  for (const facts of calls) await house.tell(facts);
};

test('a day is written down whole, though Redis keeps only the end of it, and has been told some of it twice', async () => {
  const calls = aDay(600);
  const [first] = (calls[0] ?? []) as readonly CallFact[];
  if (first === undefined) throw new Error('nothing was told');
  await tell(calls.slice(0, 300));
  await keepAll();
  // What was kept last is told again to a Redis that has lost all.
  await house.redis.xtrim('cordboard:facts', 'MAXLEN', 0);
  await tell(calls.slice(290, 500));
  await keepAll();
  await house.redis.xtrim('cordboard:facts', 'MAXLEN', 0);
  await tell(calls.slice(500));

  const { timeZone } = aPolicy();
  const day = await exportDay({
    redisUrl: house.servers.redis.url,
    databaseUrl: house.servers.postgres.url,
    date: localTime(timeZone, instant(first.at)).date,
  });
  expect(day.calls).toHaveLength(600);
  expect(new Set(day.calls.map(({ id }) => id)).size).toBe(600);
});

test('what is older than it may be is forgotten', async () => {
  expect(await house.database.keptFacts.forgetBefore(instant(Date.now() - 60_000))).toBe(0);
  expect(await house.database.keptFacts.forgetBefore(instant(Date.now() + 60_000))).toBeGreaterThan(1000);
  expect(await house.database.keptFacts.lastOffset()).toBeUndefined();
});
