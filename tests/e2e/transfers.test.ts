import type { CallAnswer } from '@cordboard/contracts';
import { anOutbound } from '@cordboard/testkit';
import { describe, expect, test } from 'vitest';
import type { House } from '../support/house.ts';
import { housePolicy } from '../support/house-policy.ts';
import { onStage } from '../support/on-stage.ts';
import { expectMusic, expectTogether } from '../support/talk.ts';
import { type Conversation, partyOf, type TargetName, type TransferCast, targets } from '../support/transfer-cast.ts';
import { until } from '../support/until.ts';

let house: House;
let cast: TransferCast;
onStage({ policy: { ...housePolicy(), outbound: anOutbound(['carrier']) } }, (stage) => {
  ({ house, cast } = stage);
});

const origins = ['phone', 'API'] as const;
const ways = (Object.keys(targets) as TargetName[]).flatMap((target) =>
  origins.map((origin) => ({ target, origin, ...targets[target] })),
);

/** Ana gives the call away, at her phone or her page. */
const giveAway = async ({ call, ana }: Conversation, { origin, to, dialled }: (typeof ways)[number]): Promise<void> => {
  if (origin === 'phone') await ana.call.transfer(dialled);
  else await cast.page.ask('POST', `/api/calls/${call}/transfer`, { kind: 'blind', to });
  await ana.call.ended({ withinMs: 3000 });
};

describe.each(ways)('[F1] blind, by the $origin, to $target', (way) => {
  test('completes: the caller hears music, then whoever answers; Ana is free at once', async () => {
    const talk = await cast.talk();
    await giveAway(talk, way);
    const ringing = await cast.at(way.target).nextIncoming({ withinMs: 5000 });
    await house.board.shows('ana no longer talking', ({ agents }) => agents.get('ana')?.state !== 'talking');
    await expectMusic(house, talk.customer, [talk.ana]);
    await ringing.answer();
    await ringing.established({ withinMs: 3000 });
    await expectTogether(house, [talk.customer, partyOf(way.who, ringing)], [talk.ana]);
    await ringing.hangUp();
    await talk.customer.call.ended({ withinMs: 3000 });
    const [completed] = await house.factsOf(talk.call, 'TransferCompleted');
    expect(completed).toMatchObject({
      kind: 'blind',
      by: 'ana',
      from: '101',
      agent: way.target === 'outside' ? null : way.who,
    });
  });

  test('the caller hangs up while the phone rings: it stops ringing', async () => {
    const talk = await cast.talk();
    await giveAway(talk, way);
    const ringing = await cast.at(way.target).nextIncoming({ withinMs: 5000 });
    await talk.customer.call.hangUp();
    await ringing.ended({ withinMs: 3000 });
    const [cancelled] = await house.factsOf(talk.call, 'TransferCancelled');
    expect(cancelled).toMatchObject({ because: 'caller-left' });
  });

  test('the target declines: a phone gives the caller back to Ana, a line keeps them', async () => {
    const talk = await cast.talk();
    await giveAway(talk, way);
    await (await cast.at(way.target).nextIncoming({ withinMs: 5000 })).decline();
    const [again, name] =
      way.target === 'queue'
        ? ([await cast.dan.nextIncoming({ withinMs: 8000 }), 'dan'] as const)
        : ([await cast.ana.nextIncoming({ withinMs: 5000 }), 'ana'] as const);
    await again.answer();
    await again.established({ withinMs: 3000 });
    await expectTogether(house, [talk.customer, partyOf(name, again)]);
    await talk.customer.call.hangUp();
    await again.ended({ withinMs: 3000 });
  });
});

test('[F1] a number that leads nowhere: the phone is told no, and the call is given to nobody', async () => {
  const talk = await cast.talk();
  await talk.ana.call.transfer('99');
  const told = await cast.ana.events.first(
    ({ type, callId }) => type === 'transfer-failed' && callId === talk.ana.call.id,
    { withinMs: 3000, what: 'the phone was not told that the transfer failed' },
  );
  expect(told.detail).toContain('503');
  // This phone hangs up by itself then; another would talk on.
  await talk.customer.call.ended({ withinMs: 3000 });
  const [ended] = await house.factsOf(talk.call, 'CallEnded');
  expect(ended).toMatchObject({ endedBy: 'agent' });
  expect((await house.facts(talk.call)).some(({ type }) => type === 'TransferRequested')).toBe(false);
});

test('[F1] the record says how often the call was given away', async () => {
  const talk = await cast.talk();
  await giveAway(talk, { origin: 'API', target: 'agent', ...targets.agent });
  const ringing = await cast.ben.nextIncoming({ withinMs: 5000 });
  await ringing.answer();
  await ringing.established({ withinMs: 3000 });
  await talk.customer.call.hangUp();
  await ringing.ended({ withinMs: 3000 });
  const { record } = await until('the record', async () => {
    const response = await house.admin.send('GET', `/api/calls/${talk.call}`);
    const answer = response.ok && ((await response.json()) as CallAnswer);
    return answer && answer.is === 'ended' && answer;
  });
  expect(record).toMatchObject({ transfers: 1, agent: 'ben', queue: 'support', disposition: 'answered' });
});
