import type { Fact } from '@cordboard/core';
import { expect, test } from 'vitest';
import type { House } from '../support/house.ts';
import { numbers } from '../support/house-policy.ts';
import { onStage } from '../support/on-stage.ts';
import { expectMusic, expectTogether } from '../support/talk.ts';
import { partyOf, type TransferCast } from '../support/transfer-cast.ts';

let house: House;
let cast: TransferCast;
onStage({}, (stage) => {
  ({ house, cast } = stage);
});

const slotOf = async (call: string): Promise<number | undefined> => (await house.factsOf(call, 'CallParked'))[0]?.slot;

test.each([
  { code: '*7', slot: 1 },
  { code: '*742', slot: 42 },
])(
  '[F10] Ana transfers to $code at her phone: she hears place $slot and is free, the caller hears music, and Ben fetches them',
  async ({ code, slot }) => {
    const { call, customer, ana } = await cast.talk();
    const since = Date.now();
    await ana.call.transfer(code);
    expect(await slotOf(call)).toBe(slot);
    await Promise.all([expectMusic(house, customer, [ana]), ana.call.ended({ withinMs: 8000 })]);
    // She was told that it is done by NOTIFY, after the words.
    const { detail, at } = await ana.call.ended({ withinMs: 0 });
    expect(detail).toBe('Call transfered');
    expect(at - since).toBeGreaterThan(1000);
    await house.board.shows('ana no longer talking', ({ agents }) => agents.get('ana')?.state !== 'talking');
    const fetching = await cast.ben.dial(`*7${slot}`);
    await fetching.established({ withinMs: 3000 });
    await expectTogether(house, [customer, partyOf('ben', fetching)], [ana]);
    await fetching.hangUp();
    await customer.call.ended({ withinMs: 3000 });
  },
);

test('[F10] a phone that holds the caller before it transfers to *7 is done at once, and the call’s story names the place', async () => {
  const { call, customer, ana } = await cast.talk();
  await ana.call.hold();
  await house.factsOf(call, 'CallHeld');
  await ana.call.transfer('*7');
  await ana.call.ended({ withinMs: 3000 });
  expect((await house.why(call)).steps).toContainEqual(expect.objectContaining({ is: 'parked', slot: 1, by: '101' }));
  await customer.call.hangUp();
  await house.factsOf(call, 'CallEnded');
});

test('[F10] a place that is taken: the phone is told no, and nobody is parked in the place of another', async () => {
  const first = await cast.talk();
  // Who transfers within the very milliseconds in which the two are connected may hear nothing, and waits for longer.
  await expectTogether(house, [first.customer, first.ana]);
  await first.ana.call.transfer('*75');
  expect(await slotOf(first.call)).toBe(5);
  await first.ana.call.ended({ withinMs: 8000 });
  const { dial } = await house.caller();
  const second = await dial(numbers.ana);
  const ringing = await cast.ana.nextIncoming({ withinMs: 5000 });
  await ringing.answer();
  await ringing.established({ withinMs: 3000 });
  await ringing.transfer('*75');
  const told = await cast.ana.events.first(({ type, callId }) => type === 'transfer-failed' && callId === ringing.id, {
    withinMs: 3000,
    what: 'the phone was not told that the place is taken',
  });
  expect(told.detail).toContain('503');
  // This phone hangs up by itself then; another would talk on.
  await second.ended({ withinMs: 3000 });
  expect(house.allFacts().filter((fact: Fact) => fact.type === 'CallParked' && fact.slot === 5)).toHaveLength(1);
  await first.customer.call.hangUp();
});
