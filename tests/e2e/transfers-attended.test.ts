import type { IncomingCall, PhoneCall } from '@cordboard/sip-lab';
import { anOutbound } from '@cordboard/testkit';
import { describe, expect, test } from 'vitest';
import type { House } from '../support/house.ts';
import { housePolicy } from '../support/house-policy.ts';
import { onStage } from '../support/on-stage.ts';
import { expectMusic, expectTogether, type Party } from '../support/talk.ts';
import { type Conversation, partyOf, type TargetName, type TransferCast, targets } from '../support/transfer-cast.ts';

let house: House;
let cast: TransferCast;
onStage({ policy: { ...housePolicy(), outbound: anOutbound(['carrier']) } }, (stage) => {
  ({ house, cast } = stage);
});

/** Ana asks somebody while the customer waits. */
interface Consultation extends Conversation {
  readonly target: Party & { readonly call: IncomingCall };
  /** Ana's side of it: by a page the phone has one call, by its own keys two. */
  readonly asking: Party & { readonly call: PhoneCall };
  complete(): Promise<void>;
  cancel(): Promise<void>;
}

interface Way {
  readonly origin: 'phone' | 'API';
  readonly target: TargetName;
}

const ring = async ({ origin, target }: Way) => {
  const talk = await cast.talk();
  const { to, dialled } = targets[target];
  const own = `/api/calls/${talk.call}/transfer`;
  let asking: PhoneCall = talk.ana.call;
  if (origin === 'API') await cast.page.ask('POST', own, { kind: 'attended', to });
  else {
    await talk.ana.call.hold();
    asking = await cast.ana.dial(dialled);
  }
  const ringing = await cast.at(target).nextIncoming({ withinMs: 5000 });
  return { talk, own, asking, ringing };
};

const consult = async (way: Way): Promise<Consultation> => {
  const { talk, own, asking, ringing } = await ring(way);
  await ringing.answer();
  await ringing.established({ withinMs: 3000 });
  await asking.established({ withinMs: 3000 });
  const isPage = way.origin === 'API';
  return {
    ...talk,
    target: partyOf(targets[way.target].who, ringing),
    asking: partyOf('ana', asking),
    complete: () => (isPage ? cast.page.ask<void>('POST', `${own}/complete`) : talk.ana.call.transferTo(asking)),
    async cancel() {
      if (isPage) await cast.page.ask('POST', `${own}/cancel`);
      else {
        await asking.hangUp();
        await talk.ana.call.resume();
      }
    },
  };
};

const ways: readonly Way[] = [
  { origin: 'API', target: 'agent' },
  { origin: 'API', target: 'queue' },
  { origin: 'API', target: 'outside' },
  { origin: 'phone', target: 'agent' },
  { origin: 'phone', target: 'queue' },
  { origin: 'phone', target: 'outside' },
];

describe.each(ways)('[F1] attended, by the $origin, with $target', (way) => {
  test('completes: the two talk while the caller hears music, then the caller and the target', async () => {
    const { call, customer, ana, asking, target, complete } = await consult(way);
    await Promise.all([
      expectMusic(house, customer, [ana, target]),
      expectTogether(house, [asking, target], [customer]),
    ]);
    await complete();
    await ana.call.ended({ withinMs: 3000 });
    await expectTogether(house, [customer, target], [ana]);
    await house.board.shows('ana no longer talking', ({ agents }) => agents.get('ana')?.state !== 'talking');
    await customer.call.hangUp();
    await target.call.ended({ withinMs: 3000 });
    const [completed] = await house.factsOf(call, 'TransferCompleted');
    expect(completed).toMatchObject({ kind: 'attended', by: 'ana', from: '101' });
  });

  test('cancelled: the caller and Ana talk again', async () => {
    const { customer, ana, target, cancel } = await consult(way);
    await cancel();
    await target.call.ended({ withinMs: 3000 });
    await expectTogether(house, [customer, ana]);
    await customer.call.hangUp();
    await ana.call.ended({ withinMs: 3000 });
  });

  test('the target hangs up: the caller and Ana talk again', async () => {
    const { customer, ana, target } = await consult(way);
    await target.call.hangUp();
    if (way.origin === 'phone') await ana.call.resume();
    await expectTogether(house, [customer, ana]);
    await ana.call.hangUp();
    await customer.call.ended({ withinMs: 3000 });
  });

  test('the caller hangs up: Ana and the target talk on', async () => {
    const { call, customer, asking, target } = await consult(way);
    await customer.call.hangUp();
    await house.factsOf(call, 'CallEnded');
    await expectTogether(house, [asking, target]);
    await asking.call.hangUp();
    await target.call.ended({ withinMs: 3000 });
  });
});

describe.each(ways.filter(({ origin }) => origin === 'API'))('[F1] attended, by the API, with $target', (way) => {
  test('Ana hangs up: the transfer is complete', async () => {
    const { customer, ana, target } = await consult(way);
    await ana.call.hangUp();
    await expectTogether(house, [customer, target]);
    await target.call.hangUp();
    await customer.call.ended({ withinMs: 3000 });
  });

  test('Ana hangs up before anybody has answered: the phone rings on for the caller', async () => {
    const { talk, ringing } = await ring(way);
    await talk.ana.call.hangUp();
    await house.factsOf(talk.call, 'ConversationEnded');
    await ringing.answer();
    await ringing.established({ withinMs: 3000 });
    await expectTogether(house, [talk.customer, partyOf(targets[way.target].who, ringing)]);
    await ringing.hangUp();
    await talk.customer.call.ended({ withinMs: 3000 });
  });

  test('the caller hangs up before anybody has answered: nobody is left on the line', async () => {
    const { talk, ringing } = await ring(way);
    await talk.customer.call.hangUp();
    await ringing.ended({ withinMs: 3000 });
    await talk.ana.call.ended({ withinMs: 3000 });
  });

  test('the target declines: the caller and Ana talk again', async () => {
    const { talk, ringing } = await ring(way);
    await ringing.decline();
    await expectTogether(house, [talk.customer, talk.ana]);
    await talk.ana.call.hangUp();
    await talk.customer.call.ended({ withinMs: 3000 });
  });
});
