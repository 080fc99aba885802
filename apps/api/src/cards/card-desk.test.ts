import { type AgentId, type CallFact, type CallId, createBoardProjection } from '@cordboard/core';
import { aPolicy, aQueue, Floor } from '@cordboard/testkit';
import { expect, test } from 'vitest';
import { CardDesk, type CardNews } from './card-desk.ts';

const ana = 'ana' as AgentId;
const customer = { id: 'k1', name: 'Zoë Martin', segment: 'vip' };

/** A floor whose facts reach the desk; `news` are those of the last look. */
const aHouse = (floor = new Floor()) => {
  const board = createBoardProjection();
  const leads: number[] = [];
  const desk = new CardDesk(
    {
      factsOf: (call) => floor.facts.filter((fact): fact is CallFact => 'call' in fact && fact.call === call),
      agent: (id) => board.agent(id),
      queueName: (id) => ({ support: 'Support' })[id],
    },
    (lead) => leads.push(lead),
  );
  let told = 0;
  const news = (): readonly CardNews[] => {
    const facts = floor.facts.slice(told);
    told = floor.facts.length;
    return facts.flatMap((fact) => {
      board.apply(fact);
      return desk.take(fact);
    });
  };
  const rings = (call: CallId): void => {
    floor.happen(call, { type: 'LegRinging', leg: floor.legOf(call) });
  };
  return { floor, desk, news, leads, rings };
};

test('the card opens when the agent is reserved, with all that is known by then', () => {
  const { floor, news } = aHouse();
  const call = floor.arrive('+33170000010', { ani: '+33639981234', aniName: 'ZOE' });
  floor.happen(call, { type: 'CallerIdentified', customer, tookMs: 12 });
  floor.promptEnds(call);
  floor.presses(call, '2');
  floor.after(4000).signIn('ana');
  expect(news()).toMatchObject([
    {
      is: 'open',
      agent: 'ana',
      card: {
        call,
        ani: '+33639981234',
        aniName: 'ZOE',
        dnis: '+33170000010',
        queue: { id: 'support', name: 'Support' },
        waitedMs: 4001,
        language: 'fr',
        path: ['2 → support'],
        customer,
        identified: true,
        lateByMs: null,
        history: null,
      },
    },
  ]);
});

test('a caller who is identified late is written in, with how late', () => {
  const { floor, news } = aHouse();
  floor.signIn('ana');
  const call = floor.arrive('+33170000011');
  expect(news()).toMatchObject([{ is: 'open', card: { customer: null, identified: false } }]);
  floor.after(800).happen(call, { type: 'CallerIdentified', customer, tookMs: 800 });
  expect(news()).toMatchObject([{ is: 'update', card: { customer, identified: true, lateByMs: 800 } }]);
});

test.each([
  ['lets it ring', (floor: Floor, call: CallId) => floor.timePasses(call, 15_000), 'no-answer'],
  ['refuses', (floor: Floor, call: CallId) => floor.after(10).legEnds(call, 'refused'), 'refused'],
])('when Ana %s, the card is taken from her and opens before Ben', (_, happens, because) => {
  const { floor, news } = aHouse();
  floor.signIn('ana', 'ben');
  const call = floor.arrive('+33170000011');
  news();
  happens(floor, call);
  expect(news()).toMatchObject([
    { is: 'withdraw', agent: 'ana', call, because },
    { is: 'open', agent: 'ben', card: { call } },
  ]);
});

test('when the caller leaves while the phone rings, the card is taken away, once', () => {
  const { floor, desk, news } = aHouse();
  floor.signIn('ana');
  const call = floor.arrive('+33170000011');
  news();
  floor.callerHangsUp(call);
  expect(news()).toMatchObject([{ is: 'withdraw', call, because: 'caller-left' }]);
  expect(desk.of(ana)).toBeUndefined();
});

test('an answered card stays through the conversation and after-call work, for a page that is opened late', () => {
  const { floor, desk, news } = aHouse();
  floor.signIn('ana');
  const call = floor.arrive('+33170000011');
  floor.answers(call);
  news();
  expect(desk.of(ana)?.call).toBe(call);
  floor.after(30_000).callerHangsUp(call);
  expect(news()).toEqual([]);
  expect(desk.of(ana)?.call).toBe(call);
  floor.ask('ana', { to: 'be-ready' });
  expect(news()).toEqual([]);
  expect(desk.of(ana)).toBeUndefined();
});

test('a call to an extension opens a card before its agent, and the next call another', () => {
  const { floor, news } = aHouse();
  floor.signIn('ana');
  const first = floor.arrive('+33170000101');
  expect(news()).toMatchObject([{ is: 'open', agent: 'ana', card: { call: first, queue: null } }]);
  floor.answers(first);
  floor.callerHangsUp(first);
  const second = floor.arrive('+33170000011');
  expect(news()).toMatchObject([{ is: 'open', agent: 'ana', card: { call: second } }]);
});

test('a call that a restart of the exchange has lost takes its card with it', () => {
  const { floor, desk, news } = aHouse();
  floor.signIn('ana');
  const call = floor.arrive('+33170000011');
  news();
  const recovered = new Floor().exchange.recovered(floor.now);
  expect(desk.take(recovered)).toMatchObject([{ is: 'withdraw', call }]);
});

test('history reaches the card it was read for, and no other', () => {
  const { floor, desk, news } = aHouse();
  floor.signIn('ana');
  const call = floor.arrive('+33170000011');
  news();
  expect(desk.addHistory(ana, call, [])).toMatchObject([{ is: 'update', card: { call, history: [] } }]);
  expect(desk.addHistory(ana, 'another' as CallId, [])).toEqual([]);
});

test('how long the card was there before the phone rang is measured once, whichever is told first', () => {
  const { floor, desk, news, leads, rings } = aHouse();
  floor.signIn('ana', 'ben');
  const call = floor.arrive('+33170000011');
  news();
  desk.shown(ana, call, floor.now + 20);
  desk.shown(ana, call, floor.now + 900);
  floor.after(120);
  rings(call);
  news();
  expect(leads).toEqual([100]);
  const other = floor.arrive('+33170000011');
  floor.after(30);
  rings(other);
  news();
  desk.shown('ben' as AgentId, other, floor.now + 50);
  desk.shown('ben' as AgentId, call, floor.now + 60);
  expect(leads).toEqual([100, -50]);
});

test('when all phones ring at once each has a card; who refuses loses theirs, and the first to answer keeps it alone', () => {
  const policy = aPolicy();
  const ringAll = { ...policy.queues, ['support' as never]: aQueue({ name: 'Support', strategy: 'ring-all' }) };
  const { floor, news, desk } = aHouse(new Floor({ ...policy, queues: ringAll }));
  floor.signIn('ana', 'ben', 'chloe');
  const call = floor.arrive('+33170000011');
  expect(news().map(({ is, agent }) => [is, agent])).toEqual([
    ['open', 'ana'],
    ['open', 'ben'],
    ['open', 'chloe'],
  ]);
  floor.happen(call, { type: 'LegEnded', leg: floor.legAt(call, 'chloe'), cause: 'refused' });
  expect(news()).toMatchObject([{ is: 'withdraw', agent: 'chloe', because: 'refused' }]);
  floor.happen(call, { type: 'LegAnswered', leg: floor.legAt(call, 'ben') });
  expect(news()).toMatchObject([{ is: 'withdraw', agent: 'ana', because: 'answered-elsewhere' }]);
  expect(desk.of('ben' as AgentId)?.call).toBe(call);
  expect(desk.of(ana)).toBeUndefined();
});
