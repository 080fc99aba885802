import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { hearsOnly, tones } from '../support/hears.ts';
import { type House, openHouse } from '../support/house.ts';
import { numbers } from '../support/house-policy.ts';
import { callIn } from '../support/line-up.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => house.clear());
afterAll(() => house.close());

test.each([
  ['rings at a phone', numbers.ana],
  ['a queue offers', numbers.support],
])(
  '[F10] a call that %s is picked up at another phone: that one stops ringing, and both hear each other',
  async (_, number) => {
    const ana = await house.ready('101');
    const ben = await house.phone('102');
    const { dialled, call } = await callIn(house, number);
    const atAna = await ana.nextIncoming({ withinMs: 5000 });
    const picking = await ben.dial('*8101');
    const { at } = await picking.established({ withinMs: 3000 });
    await atAna.ended({ withinMs: 2000 });
    expect(
      ana.messages.all.some(({ type, message }) => type === 'received' && message.method === 'CANCEL'),
      'a CANCEL at the phone that rang',
    ).toBe(true);
    await dialled.established({ withinMs: 3000 });
    await house.talk(1200);
    const end = Date.now();
    await house.board.shows('Ben talks', ({ agents }) => agents.get('ben')?.state === 'talking');
    const why = await house.why(call);
    expect(why.steps.find(({ is }) => is === 'picked-up')).toMatchObject({ extension: '101', by: '102', agent: 'ben' });
    await picking.hangUp();
    await dialled.ended({ withinMs: 3000 });
    await hearsOnly(dialled, tones.phone, at, end);
    await hearsOnly(picking, tones.caller, at, end);
    await house.isEmpty();
  },
);

test('[F10] who dials where nothing rings is told so and let go', async () => {
  const ben = await house.phone('102');
  const picking = await ben.dial('*8101');
  await picking.established({ withinMs: 3000 });
  await picking.ended({ withinMs: 10_000 });
  await house.isEmpty();
});
