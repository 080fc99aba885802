import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { callerScenario, startSipp } from '@cordboard/sip-lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
import { carrier } from '../support/house-people.ts';
import { numbers } from '../support/house-policy.ts';
import { serverBetween } from '../support/server-between.ts';
import { until } from '../support/until.ts';

/** Long enough for every pool and every attempt to have given up once. */
const awayForMs = 15_000;

const between = serverBetween('DATABASE_URL');
let house: House;
beforeAll(async () => {
  house = await openHouse({ environment: between.environment });
});
afterAll(async () => {
  await house.close();
  await between.close();
});

const checks = async (): Promise<Record<'database' | 'callControl', { ok: boolean }>> =>
  (
    (await (await fetch(`${house.url}/readyz`)).json()) as {
      checks: Record<'database' | 'callControl', { ok: boolean }>;
    }
  ).checks;

test('[S54] PostgreSQL is away: sessions go on, calls are routed, also by a call control begun meanwhile, and records come later', async () => {
  const ana = await house.ready('101');
  const [first, second] = [await house.caller(), await house.caller()];
  await between.goAway();
  const wentAt = Date.now();
  await until('the pages say so', async () => !(await checks()).database.ok);
  // Who is signed in stays so, and what they ask is done.
  await house.ask('ana', { to: 'pause', reason: 'lunch' as never });
  await house.ask('ana', { to: 'be-ready' });

  const one = await first.dial(numbers.support);
  const atAna = await ana.nextIncoming({ withinMs: 5000 });
  await atAna.answer();
  await one.established({ withinMs: 3000 });
  await house.board.shows('Ana talking', ({ agents }) => agents.get('ana')?.state === 'talking');
  const ids = [await house.callOf(first)];

  await house.apps.stasis.kill();
  await until('nobody in control', async () => !(await checks()).callControl.ok);
  house.apps.stasis.start();
  await until('call control', async () => (await checks()).callControl.ok, { withinMs: 15_000 });
  await one.hangUp();
  await atAna.ended({ withinMs: 5000 });
  await house.board.shows('Ana free', ({ agents }) => agents.get('ana')?.state === 'ready', 10_000);
  const two = await second.dial(numbers.support);
  const again = await ana.nextIncoming({ withinMs: 10_000 });
  expect(again.fromNumber).toBe(second.callerNumber);
  await again.answer();
  await two.established({ withinMs: 5000 });
  ids.push(await house.callOf(second));
  await two.hangUp();
  await house.isEmpty();

  await house.talk(Math.max(0, awayForMs - (Date.now() - wentAt)));
  expect((await house.admin.send('GET', '/api/board')).status).toBe(200);
  await between.comeBack();
  for (const id of ids)
    await until(`the record of ${id}`, async () => (await house.database.calls.byId(id)) !== undefined, {
      withinMs: 60_000,
    });
  await until('the pages', async () => (await checks()).database.ok, { withinMs: 10_000 });
  const log = await readFile(join(house.lab.folder, 'log', 'worker.log'), 'utf8');
  expect(log).not.toContain('"givenUp":true');
  await house.clear();
});

const linesOf = async (sentence: string): Promise<Record<string, unknown>[]> =>
  (await readFile(join(house.lab.folder, 'log', 'stasis.log'), 'utf8'))
    .split('\n')
    .filter((line) => line.includes(`"msg":"${sentence}`))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('[S54] while PostgreSQL is away callers are not looked up one by one in vain; when it is back they are known again', async () => {
  const before = await linesOf('customer look-up failed');
  await between.goAway();
  const burst = await startSipp({
    spawn: house.lab.root.spawn,
    folder: house.lab.folder,
    remote: house.asterisk.sip,
    localHost: carrier,
    scenario: callerScenario({ number: numbers.support, callerNumber: '+33639985000', stay: 500 }),
    calls: 12,
    rate: 6,
    timeoutMs: 20_000,
  });
  expect(await burst.result).toMatchObject({ succeeded: 12 });
  await house.isEmpty();
  await until('it is said once', async () => (await linesOf('the customer directory does not answer')).length === 1);
  expect((await linesOf('customer look-up failed')).length - before.length).toBeLessThanOrEqual(5);

  await between.comeBack();
  await until(
    'a caller is known again',
    async () => {
      const caller = await house.caller();
      const dialled = await caller.dial(numbers.support);
      const call = await house.callOf(caller);
      await house.talk(300);
      await dialled.hangUp();
      return (await house.facts(call)).some(({ type }) => type === 'CallerIdentified');
    },
    { withinMs: 20_000, everyMs: 500 },
  );
  const [back] = await linesOf('the customer directory answers again');
  expect(back?.leftOut).toBeGreaterThanOrEqual(6);
  await house.clear();
});
