import type { AgentEntry } from '@cordboard/contracts';
import type { CallFact, FlowNode } from '@cordboard/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { comesTo } from '../support/comes-to.ts';
import { flowHousePolicy, node, queue } from '../support/flow-house-policy.ts';
import { type House, openHouse } from '../support/house.ts';
import { type HttpStub, startHttpStub } from '../support/http-stub.ts';
import { answerAt, callIn, type OnTheLine } from '../support/line-up.ts';
import { onRecord } from '../support/on-record.ts';

const numbers = { order: '+33170000065', survey: '+33170000066' } as const;
const patienceMs = 1000;

const say = (sound: string): FlowNode => ({ kind: 'say', sounds: [sound], next: node('end') });

const policy = (orders: string) =>
  flowHousePolicy({
    order: {
      number: numbers.order,
      start: 'which',
      nodes: {
        which: {
          kind: 'collect',
          attribute: 'order',
          sounds: ['beep'],
          min: 4,
          max: 4,
          terminator: '#',
          waitMs: 4000,
          betweenMs: 2000,
          tries: 2,
          secret: false,
          invalidSounds: ['beeperr'],
          noInputSounds: ['beeperr'],
          next: node('look-up'),
          otherwise: node('sales'),
        },
        'look-up': {
          kind: 'http',
          method: 'GET',
          url: `${orders}/orders/{attribute:order}?from={caller.number}`,
          headers: {},
          body: {},
          timeoutMs: patienceMs,
          map: { status: '/order/status' },
          next: node('tell'),
          failed: node('sales'),
        },
        tell: {
          kind: 'branch',
          cases: [
            {
              name: 'Shipped',
              when: { fact: 'attribute:status', is: 'equals', value: 'shipped' },
              to: node('shipped'),
            },
          ],
          otherwise: node('not-yet'),
        },
        shipped: say('cordboard/goodbye'),
        'not-yet': say('cordboard/call-back-later'),
      },
    },
    survey: {
      number: numbers.survey,
      start: 'line',
      nodes: {
        line: { kind: 'queue', queue: queue('support'), priority: 0, afterwards: node('ask') },
        ask: {
          kind: 'survey',
          question: 'satisfaction',
          sounds: ['beep'],
          waitMs: 4000,
          tries: 2,
          invalidSounds: ['beeperr'],
          next: node('thanks'),
        },
        thanks: say('cordboard/goodbye'),
      },
    },
  });

let house: House;
let orders: HttpStub;
beforeAll(async () => {
  orders = await startHttpStub();
  house = await openHouse({ policy: policy(orders.url), environment: { CORDBOARD_HTTP_INNER_HOSTS: orders.host } });
});
beforeEach(() => orders.answer('never'));
afterEach(() => house.clear());
afterAll(async () => {
  await house.close();
  await orders.close();
});

describe('[S38] the state of an order, by phone', () => {
  const asksFor = async (order: string): Promise<OnTheLine> => {
    const someone = await callIn(house, numbers.order);
    await someone.dialled.established({ withinMs: 5000 });
    await comesTo(house, someone.call, 'which');
    await someone.dialled.sendDigits(order);
    return someone;
  };
  const rings = ({ type }: CallFact): boolean =>
    type === 'AgentOffered' || type === 'ExtensionRung' || type === 'CallQueued';

  test.each([
    ['shipped', 'shipped'],
    ['packed', 'not-yet'],
  ])('of an order that is %s the caller hears, and no phone of the house rings', async (status, told) => {
    orders.answer({ status: 200, body: { order: { status } } });
    const dan = await house.ready('104');
    const { call, caller, dialled } = await asksFor('1234');
    await comesTo(house, call, told);
    await dialled.ended({ withinMs: 10_000 });
    const [ended] = await house.factsOf(call, 'CallEnded');
    expect(ended).toMatchObject({ disposition: 'completed-in-flow', endedBy: 'system' });
    expect(orders.asked.at(-1)).toBe(`/orders/1234?from=${encodeURIComponent(caller.callerNumber)}`);
    expect((await house.facts(call)).filter(rings)).toEqual([]);
    expect(dan.calls).toHaveLength(0);
    const record = await onRecord(house, call);
    expect(record.attributes).toEqual({ order: '1234', status });
  });

  test.each([
    ['does not answer within its time', 'never', `no answer within ${patienceMs} ms`],
    ['answers 500', { status: 500, body: {} }, 'answered 500'],
    ['says nothing of the order', { status: 200, body: { order: {} } }, 'no text or number at /order/status'],
  ] as const)('when the orders’ system %s, a person takes the call', async (_, answer, because) => {
    orders.answer(answer);
    const dan = await house.ready('104');
    const { call } = await asksFor('1234');
    await answerAt(dan);
    expect(JSON.stringify(await house.why(call))).toContain(because);
  });
});

describe('[S73] what callers think', () => {
  /** A conversation that the agent has ended; the caller is asked. */
  const asked = async (): Promise<OnTheLine> => {
    const ana = await house.ready('101');
    const someone = await callIn(house, numbers.survey);
    await (await answerAt(ana)).hangUp();
    await comesTo(house, someone.call, 'ask');
    return someone;
  };

  test('a caller is asked after the conversation; the key pressed is kept with the call, and whose conversation it was', async () => {
    const { call, dialled } = await asked();
    await dialled.sendDigits('7');
    await house.factsOf(call, 'DigitPressed');
    await dialled.sendDigits('4');
    const [answer] = await house.factsOf(call, 'SurveyAnswered');
    expect(answer).toMatchObject({ question: 'satisfaction', score: 4, agent: 'ana' });
    await dialled.ended({ withinMs: 10_000 });
    await onRecord(house, call);
    expect((await house.why(call)).steps).toContainEqual(
      expect.objectContaining({ is: 'survey-answered', question: 'satisfaction', score: 4 }),
    );
  });

  test('who hangs up in place of an answer has given none', async () => {
    const { call, dialled } = await asked();
    await dialled.hangUp();
    await house.factsOf(call, 'CallEnded');
    expect((await house.facts(call)).filter(({ type }) => type === 'SurveyAnswered')).toEqual([]);
  });

  test('and how busy an agent is: half of the time in conversation is an occupancy of one half, live', async () => {
    const ana = await house.ready('101');
    const todayOf = async (): Promise<NonNullable<AgentEntry['today']>> => {
      const { today } = await house.admin.ask<AgentEntry>('GET', '/api/agents/ana');
      if (today === null) throw new Error('nothing is known of Ana’s day');
      return today;
    };
    const before = await todayOf();
    await house.talk(1500);
    await callIn(house, numbers.survey);
    const conversation = await answerAt(ana);
    await house.talk(1500);
    const during = await todayOf();
    const handled = during.handlingMs - before.handlingMs;
    const available = during.availableMs - before.availableMs;
    expect(handled / available).toBeGreaterThan(0.3);
    expect(handled / available).toBeLessThan(0.6);
    expect(during.occupancy).toBeCloseTo(during.handlingMs / during.availableMs);
    await conversation.hangUp();
    await house.board.shows('Ana free', ({ agents }) => agents.get('ana')?.state === 'ready');
    await house.ask('ana', { to: 'pause', reason: 'lunch' });
    const paused = await todayOf();
    await house.talk(500);
    expect(await todayOf()).toEqual(paused);
  });
});
