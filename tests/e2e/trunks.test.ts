import type { TrunkCheck, TrunkEntry } from '@cordboard/contracts';
import type { Fact } from '@cordboard/core';
import type { Carrier } from '@cordboard/sip-lab';
import { anOutbound } from '@cordboard/testkit';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { figuresFrom } from '../support/figures-from.ts';
import { type House, openHouse } from '../support/house.ts';
import { numbers } from '../support/house-policy.ts';
import { openCarrier, publishOutbound } from '../support/outbound-house.ts';
import { until } from '../support/until.ts';

let house: House;
const carriers: Carrier[] = [];
let byAddress: Carrier;
let gone: Carrier;
let stays: Carrier;
beforeAll(async () => {
  house = await openHouse();
  byAddress = await open('byaddress', { host: '127.0.0.5' });
  gone = await open('gone', { host: '127.0.0.7' });
  stays = await open('stays', { host: '127.0.0.8' });
  await open('registers', { host: '127.0.0.6', account }, { registration: account });
  vanishing = vanish();
  // Whoever awaits it is told how it went.
  vanishing.catch(() => undefined);
});

/** The carrier vanishes while other trunks are looked at: to miss it takes Asterisk half a minute. */
let vanishing: Promise<number>;
const vanish = async (): Promise<number> => {
  await becomes('gone', 'reachable', firstAnswerMs);
  await gone.vanish();
  return becomes('gone', 'unreachable', 60_000);
};

/** Asterisk asks a new carrier for the first time at some moment within the time that it lets pass between two questions. */
const firstAnswerMs = 25_000;
afterEach(() => house.clear());
afterAll(async () => {
  await house.close();
  await Promise.all(carriers.map((carrier) => carrier.stop()));
});

const account = { username: 'house', password: 'the right one' };

const open = async (...wanted: Parameters<typeof openCarrier> extends [House, ...infer Rest] ? Rest : never) => {
  const carrier = await openCarrier(house, ...wanted);
  carriers.push(carrier);
  return carrier;
};

const trunk = async (id: string): Promise<TrunkEntry['now']> => {
  const { items } = await house.admin.ask<{ items: readonly TrunkEntry[] }>('GET', '/api/trunks');
  return items.find((each) => each.id === id)?.now ?? null;
};

/** @returns how long it took, in ms */
const becomes = async (id: string, is: string, withinMs: number): Promise<number> => {
  const since = Date.now();
  await until(`${id} is ${is}`, async () => (await trunk(id))?.is === is, { withinMs, everyMs: 100 });
  return Date.now() - since;
};

const check = async (id: string): Promise<readonly string[]> => {
  const { findings } = await house.admin.ask<TrunkCheck>('POST', `/api/trunks/${id}/check`);
  return findings.map(({ code }) => code);
};

test('[S6] a trunk by address is reachable, with the time of its answer, and calls come in and go out', async () => {
  await becomes('byaddress', 'reachable', firstAnswerMs);
  expect((await trunk('byaddress'))?.roundTripMs).toBeGreaterThan(0);
  const figures = await figuresFrom(house.url);
  expect(figures.sum('cordboard_trunk_state', { trunk: 'byaddress', state: 'reachable' })).toBe(1);
  expect(figures.sum('cordboard_trunk_round_trip_seconds', { trunk: 'byaddress' })).toBeGreaterThan(0);
  expect(await check('byaddress')).toEqual([]);

  const ana = await house.ready('101');
  const caller = await house.caller({ host: byAddress.host });
  const incoming = await caller.dial(numbers.ana);
  const ringing = await ana.nextIncoming({ withinMs: 3000 });
  await ringing.answer();
  await incoming.established({ withinMs: 3000 });
  await incoming.hangUp();
  await ringing.ended({ withinMs: 3000 });

  await publishOutbound(house, anOutbound(['byaddress']));
  const outgoing = await ana.dial('0639981234');
  await outgoing.established({ withinMs: 3000 });
  await outgoing.hangUp();
}, 60_000);

test('[S6] a trunk that registers is registered; with a wrong password it is rejected 403 within 30 s, and mended', async () => {
  await becomes('registers', 'registered', 25_000);
  expect(await check('registers')).toEqual([]);
  // The carrier asks for the password with each call too.
  await publishOutbound(house, anOutbound(['registers']));
  const ana = await house.ready('101');
  const dialled = await ana.dial('0639981234');
  await dialled.established({ withinMs: 3000 });
  await dialled.hangUp();

  const change = async (password: string): Promise<void> => {
    const { now: _, id: __, ...entry } = await house.admin.ask<TrunkEntry>('GET', '/api/trunks/registers');
    await house.admin.ask('PUT', '/api/trunks/registers', { ...entry, registration: { ...account, password } });
  };
  await change('a wrong one');
  expect(await becomes('registers', 'rejected', 30_000)).toBeLessThan(30_000);
  expect(await trunk('registers')).toMatchObject({ lastError: 'rejected 403' });
  expect(await check('registers')).toEqual(['forbidden']);
  expect(alertsOf(house.allFacts(), 'registers')).toEqual(['rejected 403']);
  await change(account.password);
  await until('not rejected any more', async () => (await trunk('registers'))?.is !== 'rejected', { withinMs: 30_000 });
}, 120_000);

test('[S26] a carrier that vanishes is known to be gone within 60 s, a supervisor is alerted, and calls avoid it', async () => {
  await becomes('stays', 'reachable', firstAnswerMs);
  expect(await vanishing).toBeLessThan(60_000);
  expect(alertsOf(house.allFacts(), 'gone')).toEqual(['it does not answer']);
  expect(await check('gone')).toEqual(['no-answer']);

  await publishOutbound(house, anOutbound(['gone', 'stays']));
  const ana = await house.ready('101');
  const since = Date.now();
  const dialled = await ana.dial('0639981234');
  const { at } = await dialled.established({ withinMs: 2000 });
  // What is known to be gone costs no time.
  expect(at - since).toBeLessThan(1500);
  expect(stays.calls.all).toHaveLength(1);
  await gone.comeBack();
  await becomes('gone', 'reachable', 60_000);
}, 180_000);

test('[S26] the check says what is wrong in words', async () => {
  await open('codecs', { host: '127.0.0.9', codecs: [18] });
  await open('private', { host: '127.0.0.10', mediaAddress: '192.168.1.20' });
  expect(await check('codecs')).toEqual(['no-common-codec']);
  expect(await check('private')).toEqual(['private-address']);
  await house.admin.ask('POST', '/api/trunks', { id: 'nowhere', name: 'x', addresses: [], server: 'nobody.invalid' });
  const { findings } = await house.admin.ask<TrunkCheck>('POST', '/api/trunks/nowhere/check');
  expect(findings).toEqual([
    {
      code: 'name-not-found',
      message: 'The name nobody.invalid does not resolve: check its spelling, or the name server.',
    },
  ]);
  await house.admin.ask('DELETE', '/api/trunks/nowhere');
}, 60_000);

const alertsOf = (facts: readonly Fact[], id: string): readonly string[] =>
  facts.flatMap((fact) =>
    fact.type === 'SupervisorAlerted' && fact.alert.is === 'trunk-down' && fact.alert.trunk === id
      ? [fact.alert.because]
      : [],
  );
