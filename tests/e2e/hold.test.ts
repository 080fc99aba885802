import { expect, test } from 'vitest';
import type { House } from '../support/house.ts';
import { onStage } from '../support/on-stage.ts';
import { expectMusic, expectTogether } from '../support/talk.ts';
import type { Conversation, TransferCast } from '../support/transfer-cast.ts';

let house: House;
let cast: TransferCast;
onStage({}, (stage) => {
  ({ house, cast } = stage);
});

const shown = (call: string, onHold: boolean): Promise<unknown> =>
  house.board.shows(onHold ? 'the call on hold' : 'the call no longer on hold', ({ calls }) => {
    return calls.get(call)?.onHold === onHold;
  });

test.each(['phone', 'API'] as const)('[F2] held by the %s, the caller hears music, and then Ana again', async (by) => {
  const { call, customer, ana } = await cast.talk();
  await expectTogether(house, [customer, ana]);
  await (by === 'phone' ? ana.call.hold() : cast.page.ask('POST', `/api/calls/${call}/hold`));
  await shown(call, true);
  await expectMusic(house, customer, [ana]);
  await (by === 'phone' ? ana.call.resume() : cast.page.ask('POST', `/api/calls/${call}/resume`));
  await shown(call, false);
  await expectTogether(house, [customer, ana]);
  await customer.call.hangUp();
  await ana.call.ended({ withinMs: 3000 });
});

test.each([
  ['the caller hangs up', ({ customer }: Conversation) => customer.call.hangUp()],
  ['Ana hangs up', ({ ana }: Conversation) => ana.call.hangUp()],
] as const)('[F2] %s while the call is held: it ends for both', async (_, hangUp) => {
  const talk = await cast.talk();
  await cast.page.ask('POST', `/api/calls/${talk.call}/hold`);
  await hangUp(talk);
  await Promise.all([talk.customer.call.ended({ withinMs: 3000 }), talk.ana.call.ended({ withinMs: 3000 })]);
});

test('[F2] what a phone holds no page resumes', async () => {
  const { call, customer, ana } = await cast.talk();
  await ana.call.hold();
  await shown(call, true);
  await expect(cast.page.ask('POST', `/api/calls/${call}/resume`)).rejects.toMatchObject({
    problem: { code: 'held-by-phone' },
  });
  await ana.call.resume();
  await shown(call, false);
  await customer.call.hangUp();
  await ana.call.ended({ withinMs: 3000 });
});
