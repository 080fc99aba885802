import type { QueueId } from '@cordboard/core';
import { header } from '@cordboard/sip-lab';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { deskIs } from '../support/desk-set.ts';
import { type House, openHouse } from '../support/house.ts';
import { housePolicy, numbers } from '../support/house-policy.ts';
import { callIn } from '../support/line-up.ts';

const support = 'support' as QueueId;
const policy = housePolicy();
const rules = policy.queues[support];
if (rules === undefined) throw new Error('the house has no support');

let house: House;
beforeAll(async () => {
  house = await openHouse({
    policy: { ...policy, queues: { ...policy.queues, [support]: { ...rules, ringtone: 'Ring4' } } },
  });
});
afterEach(() => house.clear());
afterAll(() => house.close());

test('[F10] the phone is told which line calls, and to answer by itself when it is set so', async () => {
  const ana = await house.ready('101');
  await house.admin.ask('PUT', '/api/phones/101/auto-answer', { on: true });
  await deskIs(house, '101', 'answers by itself', ({ autoAnswer }) => autoAnswer);
  const { dialled } = await callIn(house, numbers.support);
  const ringing = await ana.nextIncoming({ withinMs: 5000 });
  expect(header(ringing.invite, 'alert-info')).toBe('<http://127.0.0.1/>;info=Ring4');
  expect(header(ringing.invite, 'call-info')).toBe('<sip:127.0.0.1>;answer-after=0');
  expect(header(ringing.invite, 'answer-mode')).toBe('Auto');
  await dialled.hangUp();
  await house.isEmpty();
});

test('[F10] a phone that nobody has set is called as ever', async () => {
  const ben = await house.phone('102');
  const caller = await house.phone('105');
  const dialled = await caller.dial('102');
  const ringing = await ben.nextIncoming({ withinMs: 5000 });
  for (const name of ['alert-info', 'call-info', 'answer-mode']) expect(header(ringing.invite, name)).toBeUndefined();
  await dialled.hangUp();
  await house.isEmpty();
});
