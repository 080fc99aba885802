import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { hearsNot, hearsOnly, tones } from '../support/hears.ts';
import { type House, openHouse } from '../support/house.ts';
import { housePolicy, numbers } from '../support/house-policy.ts';
import { answerAt, callIn } from '../support/line-up.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ policy: { ...housePolicy(), parkForMs: 8000 } });
});
afterEach(() => house.clear());
afterAll(() => house.close());

test('[F10] a parked caller hears music, and is fetched at another phone by dialling the place', async () => {
  const [ana, ben] = [await house.ready('101'), await house.phone('102')];
  const { dialled, call } = await callIn(house, numbers.support);
  const atAna = await answerAt(ana);
  await dialled.established({ withinMs: 3000 });
  const page = await house.person('ana');
  const { slot } = await page.ask<{ slot: number }>('POST', `/api/calls/${call}/park`);
  const parkedAt = Date.now();
  expect(slot).toBe(1);
  await atAna.ended({ withinMs: 10_000 });
  await house.talk(1000);
  const fetchedAt = Date.now();
  const fetching = await ben.dial(`*7${slot}`);
  const { at } = await fetching.established({ withinMs: 3000 });
  await house.talk(1200);
  const end = Date.now();
  await house.board.shows('Ben talks', ({ agents }) => agents.get('ben')?.state === 'talking');
  await fetching.hangUp();
  await dialled.ended({ withinMs: 3000 });
  await hearsNot(dialled, tones.phone, parkedAt, fetchedAt);
  await hearsOnly(dialled, tones.phone, at, end);
  await hearsOnly(fetching, tones.caller, at, end);
  const why = await house.why(call);
  expect(why.steps.map(({ is }) => is)).toEqual(expect.arrayContaining(['parked', 'parking-ended']));
  await house.isEmpty();
});

test('[F10] a parked caller who hangs up leaves nothing behind, and the empty place says so', async () => {
  const ana = await house.phone('101');
  const { dialled, call } = await callIn(house, numbers.ana);
  await answerAt(ana);
  await dialled.established({ withinMs: 3000 });
  await house.admin.ask('POST', `/api/calls/${call}/park`);
  await dialled.hangUp();
  await house.isEmpty();
  const fetching = await ana.dial('*71');
  await fetching.established({ withinMs: 3000 });
  await fetching.ended({ withinMs: 10_000 });
  await house.isEmpty();
});

test('[F10] nobody fetches a parked call for as long as the policy allows: it rings the phone that parked it', async () => {
  const ana = await house.phone('101');
  const { dialled, call } = await callIn(house, numbers.ana);
  await answerAt(ana);
  await dialled.established({ withinMs: 3000 });
  await house.admin.ask('POST', `/api/calls/${call}/park`);
  await answerAt(ana, 15_000);
  const at = Date.now();
  await house.talk(1000);
  const end = Date.now();
  await dialled.hangUp();
  await hearsOnly(dialled, tones.phone, at, end);
  await house.isEmpty();
});
