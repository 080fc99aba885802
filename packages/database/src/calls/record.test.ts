import type { AgentId, CallFact, CallId, NodeId, QueueId } from '@cordboard/core';
import { aFlow, aPolicy, aQueue, Floor, flows } from '@cordboard/testkit';
import { expect, test } from 'vitest';
import { CallNotEnded, recordOf } from './record.ts';

const factsOf = (floor: Floor, call: CallId): readonly CallFact[] =>
  floor.facts.filter((fact): fact is CallFact => 'call' in fact && fact.call === call);

/** Where the call was, and for how long: `waiting support 2000`. */
const placesOf = (facts: readonly CallFact[]): readonly string[] =>
  recordOf(facts).segments.map(({ place, queue, agent, startedAt, endedAt }) =>
    [place, queue, agent, endedAt - startedAt].filter((part) => part !== null).join(' '),
  );

test('a caller who chooses, waits, and talks: who answered, how long it took, how long it lasted', () => {
  const floor = new Floor();
  const arrivedAt = floor.now;
  const call = floor.arrive('+33170000010', { ani: '+33639981234', aniName: 'Zoë' });
  floor.after(3000).promptEnds(call);
  floor.after(1000).presses(call, '2');
  floor.after(7000).signIn('ana');
  floor.after(2000).answers(call);
  floor.after(60_000).callerHangsUp(call);
  const facts = factsOf(floor, call);
  expect(recordOf(facts)).toMatchObject({
    id: call,
    from: 'trunk',
    source: 'demo',
    ani: '+33639981234',
    aniName: 'Zoë',
    dnis: '+33170000010',
    language: 'fr',
    queue: 'support',
    agent: 'ana',
    extension: '101',
    arrivedAt,
    queuedAt: arrivedAt + 4000,
    answeredAt: arrivedAt + 13_001,
    endedAt: arrivedAt + 73_001,
    disposition: 'answered',
    endedBy: 'caller',
    waitedMs: 9001,
    talkedMs: 60_000,
    policyVersion: 1,
  });
  expect(placesOf(facts)).toEqual([
    'menu 4000',
    'waiting support 7001',
    'ringing support ana 2000',
    'talking support ana 60000',
  ]);
});

test('a caller who gives up in the menu crossed no queue', () => {
  const floor = new Floor();
  const call = floor.arrive('+33170000010');
  floor.after(2500).callerHangsUp(call);
  const facts = factsOf(floor, call);
  expect(recordOf(facts)).toMatchObject({
    disposition: 'abandoned',
    endedBy: 'caller',
    queue: null,
    queuedAt: null,
    answeredAt: null,
    agent: null,
    extension: null,
    waitedMs: 2500,
    talkedMs: 0,
  });
  expect(placesOf(facts)).toEqual(['menu 2500']);
});

test('a caller who gives up in line is counted for the queue, with the wait', () => {
  const floor = new Floor();
  const call = floor.arrive('+33170000011');
  floor.after(8000).callerHangsUp(call);
  const facts = factsOf(floor, call);
  expect(recordOf(facts)).toMatchObject({ disposition: 'abandoned', queue: 'support', agent: null, waitedMs: 8000 });
  expect(placesOf(facts)).toEqual(['waiting support 8000']);
});

test('when Ana lets it ring and Ben answers, it is Ben’s call and the wait is one', () => {
  const floor = new Floor().signIn('ana', 'ben');
  const call = floor.arrive('+33170000011');
  floor.timePasses(call, 15_000);
  floor.after(3000).answers(call);
  floor.after(10_000).legEnds(call, 'hung-up');
  const facts = factsOf(floor, call);
  expect(recordOf(facts)).toMatchObject({
    agent: 'ben',
    extension: '102',
    endedBy: 'agent',
    waitedMs: 18_000,
    talkedMs: 10_000,
  });
  expect(placesOf(facts)).toEqual([
    'ringing support ana 15000',
    'ringing support ben 3000',
    'talking support ben 10000',
  ]);
});

test('a call to an extension has its phone and its agent, and no queue', () => {
  const floor = new Floor();
  const call = floor.arrive('+33170000101');
  floor.after(4000).answers(call);
  floor.after(5000).callerHangsUp(call);
  const facts = factsOf(floor, call);
  expect(recordOf(facts)).toMatchObject({
    queue: null,
    agent: 'ana',
    extension: '101',
    disposition: 'answered',
    waitedMs: 4000,
    talkedMs: 5000,
  });
  expect(placesOf(facts)).toEqual(['ringing ana 4000', 'talking ana 5000']);
});

test('a call to an extension that nobody answers tells which phone was called', () => {
  const floor = new Floor();
  const call = floor.arrive('+33170000101');
  floor.timePasses(call, 20_000);
  floor.after(3000).promptEnds(call);
  const facts = factsOf(floor, call);
  expect(recordOf(facts)).toMatchObject({
    extension: '101',
    agent: null,
    disposition: 'completed-in-flow',
    endedBy: 'system',
    waitedMs: 23_000,
  });
  expect(placesOf(facts)).toEqual(['ringing ana 20000', 'menu 3000']);
});

test('a caller who waited too long for one queue and was answered from another is the other’s', () => {
  const floor = new Floor(
    aPolicy({
      flows: flows({
        straight: aFlow('first', {
          first: { kind: 'queue', queue: 'support' as QueueId, priority: 0, timeout: 'second' as NodeId },
          second: { kind: 'queue', queue: 'sales' as QueueId, priority: 0 },
        }),
      }),
      queues: {
        ['support' as QueueId]: aQueue({ members: ['ana'] as AgentId[], maxWaitMs: 30_000, announce: silent }),
        ['sales' as QueueId]: aQueue({ members: ['ben'] as AgentId[], announce: silent }),
      },
    }),
  );
  const call = floor.arrive('+33170000011');
  floor.timePasses(call, 30_000);
  floor.after(5000).signIn('ben');
  floor.after(1000).answers(call);
  floor.after(1000).callerHangsUp(call);
  const facts = factsOf(floor, call);
  expect(recordOf(facts)).toMatchObject({ queue: 'sales', agent: 'ben', waitedMs: 6001 });
  expect(placesOf(facts)).toEqual([
    'waiting support 30000',
    'waiting sales 5001',
    'ringing sales ben 1000',
    'talking sales ben 1000',
  ]);
});

test('a caller who hangs up in another queue after the conversation stays the first queue’s and its agent’s', () => {
  const queueNode = (queue: string, afterwards?: string) =>
    ({
      kind: 'queue',
      queue: queue as QueueId,
      priority: 0,
      ...(afterwards === undefined ? {} : { afterwards: afterwards as NodeId }),
    }) as const;
  const floor = new Floor(
    aPolicy({
      flows: flows({ straight: aFlow('first', { first: queueNode('support', 'second'), second: queueNode('sales') }) }),
    }),
  ).signIn('ana');
  const arrivedAt = floor.now;
  const call = floor.arrive('+33170000011');
  floor.after(1000).answers(call);
  floor.after(5000).legEnds(call, 'hung-up');
  floor.after(4000).callerHangsUp(call);
  const facts = factsOf(floor, call);
  expect(recordOf(facts)).toMatchObject({
    disposition: 'answered',
    queue: 'support',
    queuedAt: arrivedAt,
    agent: 'ana',
    waitedMs: 1000,
    talkedMs: 5000,
  });
  expect(placesOf(facts)).toEqual(['ringing support ana 1000', 'talking support ana 5000', 'waiting sales 4000']);
});

test('a number that nobody has is a record too', () => {
  const floor = new Floor();
  const call = floor.arrive('+33199009999');
  expect(recordOf(factsOf(floor, call))).toMatchObject({
    disposition: 'rejected',
    endedBy: 'system',
    waitedMs: 0,
    segments: [],
  });
});

test('facts told twice and out of order give the same record', () => {
  const floor = new Floor().signIn('ana');
  const call = floor.arrive('+33170000011');
  floor.after(1000).answers(call);
  floor.after(1000).callerHangsUp(call);
  const facts = factsOf(floor, call);
  expect(recordOf([...facts, ...facts].toReversed())).toEqual(recordOf(facts));
});

test('a call whose beginning was lost has a record all the same', () => {
  const floor = new Floor().signIn('ana');
  const call = floor.arrive('+33170000011');
  floor.after(1000).answers(call);
  floor.after(1000).callerHangsUp(call);
  expect(recordOf(factsOf(floor, call).slice(-1))).toMatchObject({ ani: '+33612345678', disposition: 'answered' });
});

test('of a call that goes on there is no record yet', () => {
  const floor = new Floor();
  const call = floor.arrive('+33170000011');
  expect(() => recordOf(factsOf(floor, call))).toThrow(CallNotEnded);
});

const silent = { everyMs: 0, position: false, wait: false };
