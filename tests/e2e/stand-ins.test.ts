import { type Carrier, header } from '@cordboard/sip-lab';
import { anOutbound } from '@cordboard/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { deskIs } from '../support/desk-set.ts';
import { type House, openHouse } from '../support/house.ts';
import { openCarrier, publishOutbound } from '../support/outbound-house.ts';
import { expectTogether } from '../support/talk.ts';
import { type Conversation, gather, type TransferCast } from '../support/transfer-cast.ts';

/** Whoever is reached over one of the two carriers says back what they hear. */
const partner = '+33639981234';

let house: House;
let cast: TransferCast;
let alpha: Carrier;
let beta: Carrier;
beforeAll(async () => {
  house = await openHouse();
  cast = await gather(house);
  alpha = await openCarrier(house, 'alpha', { host: '127.0.0.5' });
  beta = await openCarrier(house, 'beta', { host: '127.0.0.6' });
  await publishOutbound(house, anOutbound(['alpha', 'beta']));
});
afterEach(async ({ task }) => {
  alpha.behave({ invite: { is: 'answer' } });
  if (task.result?.state === 'fail') await cast.hangUp();
  await cast.restored();
});
afterAll(async () => {
  await house.close();
  await Promise.all([alpha.stop(), beta.stop()]);
});

const failures = [
  ['answers 503', () => alpha.behave({ invite: { is: 'refuse', status: 503 } })],
  ['says nothing', () => alpha.behave({ invite: { is: 'silent' } })],
] as const;

const transfer = ({ call }: Conversation, kind: 'blind' | 'attended'): Promise<void> =>
  cast.page.ask('POST', `/api/calls/${call}/transfer`, { kind, to: { number: partner } });

/** Calls that were brought to the first carrier: a question that is repeated is the same call. */
const askedOfAlpha = (): number => new Set(alpha.calls.all.map(({ invite }) => header(invite, 'call-id'))).size;

/** The second carrier is taken, and whoever hears an echo is connected with the one outside. */
const expectReached = async (before: number, { customer, ana }: Conversation, who: 'customer' | 'ana') => {
  await beta.calls.first(({ number }) => number === partner, {
    withinMs: 6000,
    what: 'the second carrier had no call',
  });
  expect(askedOfAlpha()).toBe(before + 1);
  const one = who === 'customer' ? customer : ana;
  await expectTogether(house, [one, one]);
};

describe.each(failures)('[S62] the first carrier %s, and the second is taken', (_, fail) => {
  test('by a call that is given to somebody outside', async () => {
    const talk = await cast.talk();
    fail();
    const before = askedOfAlpha();
    await transfer(talk, 'blind');
    await talk.ana.call.ended({ withinMs: 3000 });
    await house.factsOf(talk.call, 'TransferCompleted');
    await expectReached(before, talk, 'customer');
    const rung = await house.factsOf(talk.call, 'NumberRung', 2);
    expect(rung.map(({ trunk }) => trunk)).toEqual(['alpha', 'beta']);
    await talk.customer.call.hangUp();
  });

  test('by a call about which somebody outside is asked', async () => {
    const talk = await cast.talk();
    fail();
    const before = askedOfAlpha();
    await transfer(talk, 'attended');
    await house.factsOf(talk.call, 'ConsultationBegan');
    await expectReached(before, talk, 'ana');
    await talk.ana.call.hangUp();
    await expectReached(before, talk, 'customer');
    await talk.customer.call.hangUp();
  });

  test('by a call that a phone sends on to outside', async () => {
    await house.admin.ask('PUT', '/api/phones/102/forwarding', { always: { number: partner, trunk: 'alpha' } });
    await deskIs(house, '102', 'sends its calls on', ({ forwarding }) => forwarding.always?.number === partner);
    fail();
    const before = askedOfAlpha();
    const dialled = await cast.ana.dial('102');
    await dialled.established({ withinMs: 8000 });
    expect(askedOfAlpha()).toBe(before + 1);
    await expectTogether(house, [
      { name: 'ana', tone: 880, call: dialled },
      { name: 'ana', tone: 880, call: dialled },
    ]);
    await dialled.hangUp();
    await house.admin.ask('PUT', '/api/phones/102/forwarding', {});
    await deskIs(house, '102', 'sends no calls on', ({ forwarding }) => forwarding.always === undefined);
  });
});
