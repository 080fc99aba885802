import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { hearsNot, hearsOnly, hearsTone, tones } from '../support/hears.ts';
import { type House, openHouse } from '../support/house.ts';
import { numbers } from '../support/house-policy.ts';
import { answerAt, callIn } from '../support/line-up.ts';
import { openPartner, type Partner } from '../support/partner.ts';

let house: House;
let partner: Partner;
beforeAll(async () => {
  house = await openHouse();
  partner = await openPartner(house);
});
afterEach(() => house.clear());
afterAll(async () => {
  await partner.party.stop();
  await house.close();
});

test('[F10] a third joins: each hears both others; the one who asked leaves, the others go on; the last one is let go', async () => {
  const ana = await house.ready('101');
  const ben = await house.phone('102', { tone: tones.third });
  const { dialled, call } = await callIn(house, numbers.support);
  const atAna = await answerAt(ana);
  await dialled.established({ withinMs: 3000 });
  const page = await house.person('ana');
  await page.ask('POST', `/api/calls/${call}/conference`, { extension: '102' });
  const atBen = await answerAt(ben);
  await house.factsOf(call, 'PartyJoined');
  const three = Date.now();
  await house.talk(1800);
  const left = Date.now();
  await atAna.hangUp();
  await house.factsOf(call, 'PartyLeft');
  const two = Date.now();
  await house.board.shows('Ben has the call', ({ calls }) => calls.get(call)?.agent === 'ben');
  await house.talk(1500);
  const end = Date.now();
  await atBen.hangUp();
  await dialled.ended({ withinMs: 3000 });
  for (const tone of [tones.phone, tones.third]) await hearsTone(dialled, tone, three, left);
  for (const tone of [tones.caller, tones.third]) await hearsTone(atAna, tone, three, left);
  for (const tone of [tones.caller, tones.phone]) await hearsTone(atBen, tone, three, left);
  await hearsOnly(dialled, tones.third, two, end);
  await hearsOnly(atBen, tones.caller, two, end);
  await hearsNot(dialled, tones.phone, two, end);
  const why = await house.why(call);
  expect(why.steps.map(({ is }) => is)).toEqual(
    expect.arrayContaining(['party-rung', 'party-joined', 'party-left', 'ended']),
  );
  await house.isEmpty();
});

test('[F10] somebody outside joins; the caller leaves, the two others talk on until one hangs up', async () => {
  const ana = await house.ready('101');
  const { dialled, call } = await callIn(house, numbers.support);
  const atAna = await answerAt(ana);
  const { number, trunk } = partner;
  await house.admin.ask('POST', `/api/calls/${call}/conference`, { number, trunk });
  const atOutside = await answerAt(partner.party);
  await house.factsOf(call, 'PartyJoined');
  await dialled.hangUp();
  await house.factsOf(call, 'PartyLeft');
  const two = Date.now();
  await house.talk(1500);
  const end = Date.now();
  await house.board.shows('Ana still talks', ({ agents }) => agents.get('ana')?.state === 'talking');
  await atOutside.hangUp();
  await atAna.ended({ withinMs: 3000 });
  await hearsOnly(atAna, tones.outside, two, end);
  await hearsOnly(atOutside, tones.phone, two, end);
  await house.isEmpty();
});

test('[F10] a third who declines leaves the two in peace', async () => {
  const [ana, ben] = [await house.ready('101'), await house.phone('102')];
  const { dialled, call } = await callIn(house, numbers.support);
  await answerAt(ana);
  await house.admin.ask('POST', `/api/calls/${call}/conference`, { extension: '102' });
  await (await ben.nextIncoming({ withinMs: 5000 })).decline();
  await house.factsOf(call, 'PartyLeft');
  const at = Date.now();
  await house.talk(1000);
  const end = Date.now();
  await dialled.hangUp();
  await hearsOnly(dialled, tones.phone, at, end);
  await house.isEmpty();
});
