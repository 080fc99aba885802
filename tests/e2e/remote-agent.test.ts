import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { hearsNot, hearsOnly, tones } from '../support/hears.ts';
import { type House, openHouse } from '../support/house.ts';
import { numbers } from '../support/house-policy.ts';
import { answerAt, callIn } from '../support/line-up.ts';
import { openPartner, type Partner } from '../support/partner.ts';

let house: House;
let partner: Partner;
beforeAll(async () => {
  house = await openHouse();
  partner = await openPartner(house);
  const { number, trunk } = partner;
  const contact = { number, trunk };
  await house.admin.ask('PUT', '/api/agents/ana', { name: 'ana', extension: '101', contact });
});
afterEach(() => house.clear());
afterAll(async () => {
  await partner.party.stop();
  await house.close();
});

test('[S19] an agent at a number outside is rung over the trunk, presses 1, and only then hears the caller', async () => {
  await house.signIn('ana');
  const { dialled, call, caller } = await callIn(house, numbers.support);
  const ringing = await partner.party.nextIncoming({ withinMs: 5000 });
  expect(ringing.fromNumber).toBe(caller.callerNumber);
  await ringing.answer();
  const answered = await ringing.established({ withinMs: 3000 });
  await house.factsOf(call, 'ConfirmationAsked');
  await house.talk(1500);
  const pressedAt = Date.now();
  await ringing.sendDigits('1');
  const [{ at } = { at: 0 }] = await house.factsOf(call, 'CallAnswered');
  await house.talk(1500);
  const end = Date.now();
  await house.board.shows('Ana talks', ({ agents }) => agents.get('ana')?.state === 'talking');
  await ringing.hangUp();
  await dialled.ended({ withinMs: 3000 });
  await hearsNot(ringing, tones.caller, answered.at, pressedAt);
  // The key that was pressed silences the microphone for a moment.
  const freeToTalk = at + 300;
  await hearsOnly(ringing, tones.caller, freeToTalk, end);
  await hearsOnly(dialled, tones.outside, freeToTalk, end);
  await house.isEmpty();
});

test('[S19] a voicemail answers there and presses nothing: the next agent has the call, and it counts as missed', async () => {
  const ben = await house.phone('102');
  await house.signIn('ana');
  const { dialled, call } = await callIn(house, numbers.support);
  const voicemail = await answerAt(partner.party);
  await house.factsOf(call, 'ConfirmationAsked');
  await house.signIn('ben');
  const atBen = await ben.nextIncoming({ withinMs: 25_000 });
  await atBen.answer();
  await voicemail.ended({ withinMs: 3000 });
  const [ended] = await house.factsOf(call, 'OfferEnded');
  expect(ended).toMatchObject({ agent: 'ana', outcome: 'no-answer' });
  await dialled.hangUp();
  await house.isEmpty();
});

test('[S19] nobody answers there: the next agent is rung', async () => {
  const ben = await house.phone('102');
  await house.signIn('ana');
  const { dialled } = await callIn(house, numbers.support);
  const ringing = await partner.party.nextIncoming({ withinMs: 5000 });
  await house.signIn('ben');
  await answerAt(ben, 10_000);
  await ringing.ended({ withinMs: 3000 });
  await dialled.hangUp();
  await house.isEmpty();
});
