import { callerScenario, runSipp } from '@cordboard/sip-lab';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
import { carrier } from '../support/house-people.ts';
import { numbers } from '../support/house-policy.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(async () => {
  await aCallIsServed();
  await house.clear();
});
afterAll(() => house.close());

/** After whatever was sent, the next caller reaches an agent as ever. */
const aCallIsServed = async (): Promise<void> => {
  const phone = await house.ready('101');
  const caller = await house.caller();
  const dialled = await caller.dial(numbers.support);
  const ringing = await phone.nextIncoming({ withinMs: 5000 });
  await ringing.answer();
  await dialled.established({ withinMs: 3000 });
  await dialled.hangUp();
  await ringing.ended({ withinMs: 3000 });
};

test.each(['+33999999999', '999', '0', '*99', '+33170000010&PJSIP/101', '101'])(
  'a number that is not ours, %s, is refused, and no phone rings',
  async (number) => {
    const phone = await house.phone('102');
    const result = await runSipp({
      spawn: house.lab.root.spawn,
      folder: house.lab.folder,
      remote: house.asterisk.sip,
      localHost: carrier,
      calls: 1,
      messages: true,
      timeoutMs: 10_000,
      scenario: callerScenario({ number, callerNumber: '+33639980001', stay: 1000 }),
    });
    const answers = result.messages.flatMap(({ message }) => message.status ?? []);
    expect(answers.some((status) => status >= 400)).toBe(true);
    expect(answers).not.toContain(200);
    expect(phone.calls).toHaveLength(0);
  },
);

test.each([
  ['a name of 8 kB', { callerName: 'x'.repeat(8000) }],
  ['a name that is markup', { callerName: '<script>alert(1)</script>' }],
  ['a name that is SQL', { callerName: "Robert'); DROP TABLE call_records;--" }],
  ['a name that runs from right to left', { callerName: '\u202Eevil\u202C مرحبا' }],
  ['a name of control characters', { callerName: 'a\u0007b\u001bc' }],
  ['no number at all', { callerNumber: 'anonymous', callerName: 'Anonymous' }],
  ['a number of 2000 digits', { callerNumber: '1'.repeat(2000) }],
])('a caller with %s waits in line like anybody, or is refused by SIP, and is written down', async (_, said) => {
  const scenario = callerScenario({ number: numbers.sales, callerNumber: '+33639980002', stay: 1500, ...said });
  await runSipp({
    spawn: house.lab.root.spawn,
    folder: house.lab.folder,
    remote: house.asterisk.sip,
    localHost: carrier,
    calls: 1,
    timeoutMs: 10_000,
    scenario,
  });
  await house.isEmpty();
  const { items } = await house.admin.ask<{ items: { aniName: string; ani: string }[] }>('GET', '/api/calls?limit=1');
  for (const { ani, aniName } of items) {
    expect(ani.length).toBeLessThanOrEqual(64);
    expect(aniName.length).toBeLessThanOrEqual(256);
    expect(`${ani}${aniName}`).not.toMatch(/[\p{Cc}\u202A-\u202E]/u);
  }
});

test.each([
  ['the menu', numbers.main],
  ['the queue', numbers.support],
])('a flood of keys in %s harms nobody', async (_, number) => {
  const caller = await house.caller();
  const dialled = await caller.dial(number);
  await dialled.established({ withinMs: 5000 });
  const call = await house.callOf(caller);
  await dialled.sendDigits('0123456789*#'.repeat(8));
  await house.board.shows('the caller in line', ({ calls }) => calls.get(call)?.place === 'waiting', 30_000);
  await dialled.hangUp();
  await house.isEmpty();
});
