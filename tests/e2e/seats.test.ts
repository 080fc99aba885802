import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
import { numbers } from '../support/house-policy.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => house.clear());
afterAll(() => house.close());

test('[S27] an agent signs in from another phone: calls come there, and the old phone is silent', async () => {
  const [old, other] = [await house.ready('101'), await house.phone('105')];
  const code = await other.dial('*11101');
  await code.established({ withinMs: 3000 });
  await code.ended({ withinMs: 8000 });
  await house.board.shows('ana at 105', ({ agents }) => agents.get('ana')?.extension === '105');
  const caller = await house.caller();
  const outgoing = await caller.dial(numbers.support);
  const ringing = await other.nextIncoming({ withinMs: 5000 });
  await ringing.answer();
  await ringing.established({ withinMs: 3000 });
  expect(old.calls).toHaveLength(0);
  await outgoing.hangUp();
  await ringing.ended({ withinMs: 3000 });
});
