import { type Agent, Exchange, type ExchangeEvent, type Fact, type Policy, wholeDecision } from '@cordboard/core';
import type { Caller } from '@cordboard/sip-lab';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
import { numbers } from '../support/house-policy.ts';
import { until } from '../support/until.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => house.clear());
afterAll(() => house.close());

/** The callers whom Asterisk has on the line, by number: legs to phones are no callers. */
const onTheLine = async (): Promise<readonly string[]> =>
  (await house.truth.channels())
    .filter(({ name }) => name.startsWith('PJSIP/trunk-carrier'))
    .map(({ caller }) => caller.number)
    .sort();

const onTheBoard = (): readonly string[] => [...house.board.calls.values()].map(({ ani }) => ani).sort();

test('[S42] every call that Asterisk has is on the board within a second, in its place and since when; and gone within a second', async () => {
  /** Asterisk shows it, and then the board has a second. */
  const agree = async (expected: readonly Caller[]): Promise<void> => {
    const callers = expected.map(({ callerNumber }) => callerNumber).sort();
    await until('Asterisk has these callers', async () => `${await onTheLine()}` === `${callers}`, { everyMs: 5 });
    await house.board.shows('the same callers', () => `${onTheBoard()}` === `${callers}`, 1000);
  };
  const placeOf = (caller: Caller) => [...house.board.calls.values()].find(({ ani }) => ani === caller.callerNumber);

  const phone = await house.ready('101');
  const [talker, ringer, waiter, chooser] = [
    await house.caller(),
    await house.caller(),
    await house.caller(),
    await house.caller(),
  ];
  const talking = await talker.dial(numbers.support);
  await agree([talker]);
  await (await phone.nextIncoming({ withinMs: 3000 })).answer();
  const { at: answeredAt } = await talking.established({ withinMs: 3000 });
  await house.ready('102');
  const ringing = await ringer.dial(numbers.support);
  await agree([talker, ringer]);
  const waiting = await waiter.dial(numbers.support);
  await agree([talker, ringer, waiter]);
  const choosing = await chooser.dial(numbers.main);
  await agree([talker, ringer, waiter, chooser]);

  await house.board.shows('all in their places', ({ calls }) => {
    const places = [...calls.values()].map(({ place }) => place).sort();
    return `${places}` === 'menu,ringing,talking,waiting';
  });
  expect(placeOf(talker)).toMatchObject({ place: 'talking', agent: 'ana', extension: '101', queue: 'support' });
  expect(Math.abs((placeOf(talker)?.answeredAt ?? 0) - answeredAt)).toBeLessThan(1000);
  expect(placeOf(ringer)).toMatchObject({ place: 'ringing', agent: 'ben', extension: '102', queue: 'support' });
  expect(placeOf(waiter)).toMatchObject({ place: 'waiting', agent: null, queue: 'support' });
  expect(Math.abs((placeOf(waiter)?.queuedAt ?? 0) - waiting.at)).toBeLessThan(1000);
  expect(placeOf(chooser)).toMatchObject({ place: 'menu', queue: null, dnis: numbers.main });

  await choosing.hangUp();
  await agree([talker, ringer, waiter]);
  await talking.hangUp();
  await agree([ringer, waiter]);
  await ringing.hangUp();
  await waiting.hangUp();
  await agree([]);
});

test('[F12] the decision made again, from what was known when it was made, has the same winner for the same reasons', async () => {
  const phones = [await house.ready('103'), await house.ready('101'), await house.ready('102')] as const;
  await house.ask('chloe', { to: 'pause', reason: 'lunch' });
  const caller = await house.caller();
  await caller.dial(numbers.support);
  const call = await house.callOf(caller);
  const [offered] = await house.factsOf(call, 'AgentOffered');
  if (offered === undefined) throw new Error('no offer');
  expect(offered.agent).toBe('ana');
  await phones[1].nextIncoming({ withinMs: 1000 });

  const why = await house.why(call);
  const told = why.steps.find((step) => step.is === 'offered');
  expect(told).toMatchObject({ agent: 'ana', decision: wholeDecision(offered.decision) });
  const policy = await house.database.policies.byVersion(offered.decision.policyVersion);
  if (policy === undefined) throw new Error('the policy of the decision is no longer kept');
  const again = decideAgain(policy, house.allFacts(), call);
  expect(again).toMatchObject({ agent: offered.agent, extension: offered.extension, decision: offered.decision });
});

/** The same exchange on the same facts: agents as they were told of before the call came, and then the call. */
const decideAgain = (policy: Policy, facts: readonly Fact[], call: string): Fact | undefined => {
  const arrivedAt = facts.findIndex((fact) => fact.type === 'CallArrived' && fact.call === call);
  const arrived = facts[arrivedAt];
  if (arrived?.type !== 'CallArrived') throw new Error(`nobody told that ${call} has come`);
  const agents = new Map<string, Agent>();
  for (const fact of facts.slice(0, arrivedAt))
    if (fact.type === 'AgentChanged') agents.set(fact.agent.id, asTold(fact, agents.get(fact.agent.id)));
  const exchange = new Exchange();
  exchange.restore({ calls: [], agents: [...agents.values()] }, [policy]);
  exchange.handle({ type: 'PolicyPublished', at: arrived.at, policy });
  const { from, source, ani, aniName, dnis, at } = arrived;
  const event: ExchangeEvent = {
    type: 'CallArrived',
    at,
    arrival: { channel: call.replace(/^c/, '').replaceAll('-', '.') as never, from, source, ani, aniName, dnis },
  };
  return exchange.handle(event).facts.find(({ type }) => type === 'AgentOffered');
};

/** An agent who is in no call, by what was told of them. */
const asTold = ({ agent, at }: Extract<Fact, { type: 'AgentChanged' }>, before: Agent | undefined): Agent => {
  const { id, name, extension, state, reason, reachable, since } = agent;
  const presence =
    state === 'paused'
      ? ({ is: 'paused', reason: reason ?? '' } as const)
      : ({ is: state === 'ready' ? state : 'signed-out' } as const);
  const wasSo = before !== undefined && JSON.stringify(before.presence) === JSON.stringify(presence);
  return { id, name, extension, presence, since, idleSince: wasSo ? before.idleSince : at, missed: 0, reachable };
};
