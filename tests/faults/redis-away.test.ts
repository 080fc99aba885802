import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectRedis, whenReady } from '@cordboard/redis';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { BoardWatch } from '../support/board-watch.ts';
import { type House, openHouse } from '../support/house.ts';
import { housePolicy, numbers } from '../support/house-policy.ts';
import { onRecord } from '../support/on-record.ts';
import { serverBetween } from '../support/server-between.ts';
import { until } from '../support/until.ts';

const between = serverBetween('REDIS_URL');
let house: House;
beforeAll(async () => {
  house = await openHouse({ environment: between.environment, policy: housePolicy({ ringForMs: 30_000 }) });
});
afterEach(() => between.comeBack());
afterAll(async () => {
  await house.close();
  await between.close();
});

const stasisSays = (what: string): Promise<true> =>
  until(
    `call control saying ${what}`,
    async () => (await readFile(join(house.lab.folder, 'log', 'stasis.log'), 'utf8')).includes(what) && true,
    { withinMs: 20_000 },
  );

/** What lies on disk: in the journal until Redis has taken it, in the copy for as long as it is so. */
const onDisk = async (which: 'journal' | 'copy'): Promise<string> => {
  const folder = join(house.lab.folder, 'data', which);
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.journal'));
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('');
};

const check = async (which: 'redis' | 'journal'): Promise<{ readonly ok: boolean; readonly because: string }> => {
  const { checks } = (await (await fetch(`${house.url}/readyz`)).json()) as {
    checks: Record<'redis' | 'journal', { ok: boolean; because: string }>;
  };
  return checks[which];
};
const redisCheck = async (): Promise<boolean> => (await check('redis')).ok;
const journalCheck = () => check('journal');
const figures = async (): Promise<string> => (await fetch(`${house.url}/metrics`)).text();

test('[S54] Redis is away and call control is killed: whoever talks, rings or waits is served, and every record is whole', async () => {
  const [ana, ben] = [await house.ready('101'), await house.ready('102')];
  const callers = await Promise.all([house.caller(), house.caller(), house.caller()]);
  const [talker, ringer, waiter] = callers as [(typeof callers)[0], (typeof callers)[0], (typeof callers)[0]];
  const talking = await talker.dial(numbers.support);
  const atAna = await ana.nextIncoming({ withinMs: 5000 });
  await atAna.answer();
  await talking.established({ withinMs: 3000 });
  await house.board.shows('Ana talking', ({ agents }) => agents.get('ana')?.state === 'talking');

  await between.goAway();
  await until('the pages say so', async () => !(await redisCheck()));
  const ringing = await ringer.dial(numbers.support);
  const atBen = await ben.nextIncoming({ withinMs: 5000 });
  const waiting = await waiter.dial(numbers.support);
  await until('the journal knowing of all three', async () => {
    const written = await onDisk('journal');
    return callers.every(({ callerNumber }) => written.includes(callerNumber));
  });

  await house.apps.stasis.kill();
  house.apps.stasis.start();
  await stasisSays('"from":"journal"');
  await atBen.answer();
  await ringing.established({ withinMs: 10_000 });
  await talking.hangUp();
  const next = await ana.nextIncoming({ withinMs: 10_000 });
  expect(next.fromNumber).toBe(waiter.callerNumber);
  await next.answer();
  await waiting.established({ withinMs: 5000 });
  await ringing.hangUp();

  await between.comeBack();
  await until('Redis', redisCheck, { withinMs: 10_000 });
  await house.callOf(waiter);
  await waiting.hangUp();
  await house.isEmpty();
  await until('an empty journal', async () => (await onDisk('journal')) === '');
  const told = house.allFacts().flatMap((fact) => ('call' in fact ? [`${fact.call} ${fact.n}`] : []));
  expect(new Set(told).size).toBe(told.length);
  const ended = house.allFacts().flatMap((fact) => (fact.type === 'CallEnded' ? [fact] : []));
  expect(ended).toHaveLength(3);
  for (const { call } of ended) {
    const facts = await house.facts(call);
    expect(facts.map(({ n }) => n)).toEqual(facts.map((_, index) => index + 1));
    expect(await onRecord(house, call)).toMatchObject({ disposition: 'answered', queue: 'support' });
    expect(await house.database.calls.factsOf(call)).toEqual(facts);
  }
  await house.clear();
});

test('[S54] the disk does not take the journal: it is said before it is needed, calls go on, and it resumes by itself', async () => {
  const folder = join(house.lab.folder, 'data', 'journal');
  await rm(folder, { recursive: true });
  await writeFile(folder, 'a file where the folder should be');
  await until('/readyz saying so', async () => !(await journalCheck()).ok, { withinMs: 15_000 });
  expect((await journalCheck()).because).toContain('free or repair the data folder');
  await until('the figures', async () => /cordboard_journal_failing\{.*\} 1/.test(await figures()), {
    withinMs: 10_000,
  });

  const ana = await house.ready('101');
  const caller = await house.caller();
  await between.goAway();
  await until('the pages say so', async () => !(await redisCheck()));
  const dialled = await caller.dial(numbers.support);
  const atAna = await ana.nextIncoming({ withinMs: 5000 });
  await atAna.answer();
  await atAna.established({ withinMs: 3000 });
  await dialled.hangUp();
  await atAna.ended({ withinMs: 3000 });
  await rm(folder);
  await between.comeBack();
  await until('Redis', redisCheck, { withinMs: 10_000 });
  await until('the journal', async () => (await journalCheck()).ok, { withinMs: 15_000 });
  const ended = await until('the end of the call', () =>
    house.allFacts().findLast((fact) => fact.type === 'CallEnded' && fact.view.ani === caller.callerNumber),
  );
  if (ended.type !== 'CallEnded') throw new Error('the call has not ended');
  expect(await onRecord(house, ended.call)).toMatchObject({ disposition: 'answered' });
  await house.clear();
});

test('[S54] Redis loses all while nobody is in control: who talks goes on talking, who waits is next', async () => {
  const ana = await house.ready('101');
  const [talker, waiter] = [await house.caller(), await house.caller()];
  const talking = await talker.dial(numbers.support);
  const atAna = await ana.nextIncoming({ withinMs: 5000 });
  await atAna.answer();
  await talking.established({ withinMs: 3000 });
  const waiting = await waiter.dial(numbers.support);
  await until('the copy knowing of both, and of the talk', async () => {
    const written = await onDisk('copy');
    return written.includes(waiter.callerNumber) && written.includes('"phase":"talking"');
  });
  await house.apps.stasis.kill();
  await between.goAway();
  const redis = connectRedis(house.servers.environment.REDIS_URL, { name: 'test' });
  await whenReady(redis, 5000);
  // Not the sessions: those who look on stay signed in.
  await redis.del(...(await redis.keys('cordboard:*')).filter((key) => !key.includes('session')));
  redis.disconnect();
  await between.comeBack();
  house.apps.stasis.start();
  await stasisSays('"from":"copy"');
  await talking.hangUp();
  const next = await ana.nextIncoming({ withinMs: 10_000 });
  expect(next.fromNumber).toBe(waiter.callerNumber);
  await next.answer();
  await waiting.established({ withinMs: 5000 });
  await waiting.hangUp();
  await house.isEmpty();
  await house.clear();
});

test('[S54] Redis comes back empty: within 2 s the board shows the calls as they are, and what was to be recorded is', async () => {
  const ana = await house.ready('101');
  const [talker, waiter] = [await house.caller(), await house.caller()];
  const talking = await talker.dial(numbers.sales);
  await house.board.shows('a caller who waits', ({ calls }) => calls.size === 1);
  await talking.hangUp();
  await house.isEmpty();
  const gone = house.allFacts().findLast(({ type }) => type === 'CallEnded');
  if (gone?.type !== 'CallEnded') throw new Error('nobody has gone');
  await onRecord(house, gone.call);
  const again = await waiter.dial(numbers.support);
  const atAna = await ana.nextIncoming({ withinMs: 5000 });
  await atAna.answer();
  await again.established({ withinMs: 3000 });
  const call = await house.callOf(waiter);
  await house.board.shows('two who talk', ({ calls }) => calls.get(call)?.place === 'talking');

  await between.goAway();
  const redis = connectRedis(house.servers.environment.REDIS_URL, { name: 'test' });
  await whenReady(redis, 5000);
  await redis.flushall();
  await until('nothing in Redis', async () => (await redis.hlen('cordboard:calls')) === 0);
  await between.comeBack();
  await until('Redis', redisCheck, { withinMs: 10_000 });
  const backAt = performance.now();
  await until('the call in Redis', async () => (await redis.hexists('cordboard:calls', call)) === 1);
  expect(performance.now() - backAt).toBeLessThan(2000);
  const told = (await redis.xrange('cordboard:facts', '-', '+')).map(([, [, text = '']]) => text);
  redis.disconnect();
  expect(told.some((text) => text.includes(`"${gone.call}"`) && text.includes('CallEnded'))).toBe(true);
  expect(told.some((text) => text.includes('PolicyTaken'))).toBe(true);

  // The sessions are gone with the rest.
  const board = await BoardWatch.open(await house.person('admin'));
  await board.shows('two who talk', ({ calls }) => calls.get(call)?.place === 'talking');
  await again.hangUp();
  await board.shows('nobody', ({ calls }) => calls.size === 0);
  await board.shows('Ana free', ({ agents }) => agents.get('ana')?.state !== 'talking');
  board.close();
  await until('the record', async () => (await house.database.calls.byId(call)) !== undefined, { withinMs: 15_000 });
  const facts = await house.database.calls.factsOf(call as never);
  expect(facts?.map(({ n }) => n)).toEqual(facts?.map((_, index) => index + 1));
});
