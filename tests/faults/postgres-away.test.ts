import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
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
