import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
import { expectTogether } from '../support/talk.ts';
import { gather, partyOf, type TransferCast } from '../support/transfer-cast.ts';
import { until } from '../support/until.ts';

let house: House;
let cast: TransferCast;
beforeAll(async () => {
  house = await openHouse();
  cast = await gather(house);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await cast.hangUp();
  await cast.restored();
});
afterAll(() => house.close());

const inControl = (wanted: boolean): Promise<true> =>
  until(
    wanted ? 'call control' : 'nobody in control',
    async () => {
      const { checks } = (await (await fetch(`${house.url}/readyz`)).json()) as {
        checks: { callControl: { ok: boolean } };
      };
      return checks.callControl.ok === wanted && true;
    },
    { withinMs: 40_000 },
  );

/** Ana asks Ben while the customer waits, and call control dies and comes back. */
const killedWhileConsulting = async () => {
  const talk = await cast.talk();
  const path = `/api/calls/${talk.call}/transfer`;
  await cast.page.ask('POST', path, { kind: 'attended', to: { extension: '102' } });
  const ringing = await cast.ben.nextIncoming({ withinMs: 5000 });
  await ringing.answer();
  await ringing.established({ withinMs: 3000 });
  await house.factsOf(talk.call, 'ConsultationBegan');
  const ben = partyOf('ben', ringing);
  await house.apps.stasis.kill();
  await inControl(false);
  await expectTogether(house, [talk.ana, ben], [talk.customer]);
  house.apps.stasis.start();
  await inControl(true);
  await expectTogether(house, [talk.ana, ben], [talk.customer]);
  return { ...talk, ben, path };
};

test('[F15] killed while two consult: they talk on, and the transfer is completed as if nothing had been', async () => {
  const { customer, ana, ben, path } = await killedWhileConsulting();
  await cast.page.ask('POST', `${path}/complete`);
  await ana.call.ended({ withinMs: 3000 });
  await expectTogether(house, [customer, ben]);
  await customer.call.hangUp();
  await ben.call.ended({ withinMs: 3000 });
});

test('[F15] killed after a transfer by the phone’s keys: a leg of another call’s name is still known', async () => {
  const talk = await cast.talk();
  await talk.ana.call.hold();
  const asking = await cast.ana.dial('102');
  const ringing = await cast.ben.nextIncoming({ withinMs: 5000 });
  await ringing.answer();
  await asking.established({ withinMs: 3000 });
  await talk.ana.call.transferTo(asking);
  await Promise.all([talk.ana.call.ended({ withinMs: 5000 }), asking.ended({ withinMs: 5000 })]);
  await house.apps.stasis.kill();
  await inControl(false);
  house.apps.stasis.start();
  await inControl(true);
  await expectTogether(house, [talk.customer, partyOf('ben', ringing)]);
  await ringing.hangUp();
  await talk.customer.call.ended({ withinMs: 3000 });
  const [ended] = await house.factsOf(talk.call, 'CallEnded');
  expect(ended).toMatchObject({ endedBy: 'agent' });
});
