import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { DeskWatch } from '../support/desk-watch.ts';
import { type House, openHouse } from '../support/house.ts';
import { zoe } from '../support/house-people.ts';
import { numbers } from '../support/house-policy.ts';

let house: House;
let ben: DeskWatch;
beforeAll(async () => {
  house = await openHouse();
  ben = await DeskWatch.open(await house.person('ben'));
});
afterEach(async () => {
  await house.clear();
  ben.forget();
});
afterAll(async () => {
  ben.close();
  await house.close();
});

test.each(['blind', 'attended'] as const)(
  '[S23] %s: Ben’s page shows the case as Ana had it: who calls, what they chose, all of the wait, and who gave it to him',
  async (kind) => {
    const [atAna, atBen] = [await house.phone('101'), await house.phone('102')];
    const caller = await house.caller({ callerNumber: zoe.number });
    const outgoing = await caller.dial(numbers.main);
    const call = await house.callOf(caller);
    await house.inMenu(call);
    await outgoing.sendDigits('2');
    const queuedAt = (await house.factsOf(call, 'CallQueued'))[0]?.at ?? 0;
    // Nobody is there for a second: a wait that must not be lost on the way.
    await house.talk(1000);
    await house.signIn('ana');
    const ringing = await atAna.nextIncoming({ withinMs: 5000 });
    await ringing.answer();
    const answeredAt = (await house.factsOf(call, 'CallAnswered'))[0]?.at ?? 0;
    const page = await house.person('ana');
    await page.ask('POST', `/api/calls/${call}/transfer`, { kind, to: { extension: '102' } });
    const incoming = await atBen.nextIncoming({ withinMs: 5000 });
    const { card } = await ben.hears('open', (news) => news.call === call);
    expect(card).toMatchObject({
      call,
      ani: zoe.number,
      customer: { name: zoe.name, company: zoe.company, segment: zoe.segment },
      path: ['2 → support'],
      queue: { id: 'support' },
      transfer: { kind, from: '101', by: { id: 'ana' } },
    });
    expect(card.waitedMs).toBeGreaterThanOrEqual(answeredAt - queuedAt);
    await incoming.answer();
    await incoming.established({ withinMs: 3000 });
    if (kind === 'attended') await page.ask('POST', `/api/calls/${call}/transfer/complete`);
    await house.factsOf(call, 'TransferCompleted');
    expect(ben.news.filter(({ type }) => type === 'withdraw')).toEqual([]);
    const { steps } = await house.why(call);
    expect(steps.map(({ is }) => is)).toEqual(expect.arrayContaining(['transfer-requested', 'transfer-completed']));
    await outgoing.hangUp();
    await incoming.ended({ withinMs: 3000 });
  },
);
