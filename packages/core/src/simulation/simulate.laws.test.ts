import { aFlow, aPolicy, aQueue, Floor, flows, people } from '@cordboard/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agentDeadline } from '../agent/step.ts';
import { callDeadline } from '../call/deadline.ts';
import { ticketDeadline } from '../callback/ticket.ts';
import type { AgentRequest } from '../exchange/event.ts';
import type { AgentId, CallId, Extension, NodeId, QueueId } from '../ids.ts';
import type { Policy } from '../policy/policy.ts';
import { strategies } from '../policy/queue.ts';
import { instant } from '../time.ts';
import { DecisionBook, differences, recordedDecisions } from './compare.ts';
import { DayRecorder } from './record-day.ts';
import { simulate } from './simulate.ts';

type Happening =
  | { do: 'arrive'; dnis: string; from: 'trunk' | 'phone'; phone: number }
  | { do: 'ask'; who: number; to: 'sign-in' | 'sign-out' | 'pause' | 'be-ready' | 'wrapped-up' }
  | { do: 'call'; which: number; what: CallHappening; digit: string }
  | { do: 'wait'; ms: number; late: number }
  | { do: 'phone'; who: number; reachable: boolean }
  | { do: 'supervise'; which: number; who: number; what: 'up' | 'other-queue' | 'in' | 'out' | 'by-policy' }
  | { do: 'customer'; which: number; segment: string }
  | { do: 'switch'; on: boolean };

type CallHappening = 'gone' | 'answer' | 'refuse' | 'fail' | 'prompt' | 'digit' | 'callback';

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('arrive' as const),
      dnis: fc.constantFrom(
        '+33170000010',
        '+33170000010',
        ...Array<string>(5).fill('+33170000011'),
        '+33170000101',
        '102',
      ),
      from: fc.constantFrom('trunk' as const, 'trunk' as const, 'trunk' as const, 'phone' as const),
      phone: fc.nat(3),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      who: fc.nat(2),
      to: fc.constantFrom(
        ...(['sign-in', 'sign-in', 'sign-in', 'sign-out', 'pause', 'be-ready', 'wrapped-up'] as const),
      ),
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constant('call' as const),
      which: fc.nat(30),
      what: fc.constantFrom<CallHappening>('gone', 'answer', 'answer', 'refuse', 'fail', 'prompt', 'digit', 'callback'),
      digit: fc.constantFrom('1', '1', '2', '9', '#'),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.integer({ min: 0, max: 40_000 }),
      late: fc.nat(4),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('phone' as const), who: fc.nat(2), reachable: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('supervise' as const),
      which: fc.nat(30),
      who: fc.nat(2),
      what: fc.constantFrom(...(['up', 'other-queue', 'in', 'out', 'by-policy'] as const)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('customer' as const),
      which: fc.nat(30),
      segment: fc.constantFrom('vip', 'plain'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('switch' as const), on: fc.boolean() }) },
);

const to = (node: string): NodeId => node as NodeId;

/** Houses of every kind: strategies, penalties, skills that relax, ways out, callbacks, a switch that closes. */
const house: fc.Arbitrary<Policy> = fc
  .record({
    strategy: fc.constantFrom(...strategies),
    penalties: fc.array(fc.nat(2), { minLength: 3, maxLength: 3 }),
    level: fc.nat(10),
    order: fc.constantFrom('agent-first' as const, 'customer-first' as const),
    length: fc.constantFrom(0, 3),
    weight: fc.nat(2),
    wrapUpCodeRequired: fc.boolean(),
    pauseAfterMissed: fc.nat(2),
  })
  .map(({ strategy, penalties, level, order, length, weight, wrapUpCodeRequired, pauseAfterMissed }) => {
    const base = aPolicy();
    return aPolicy({
      switches: { rush: { name: 'Rush' } },
      flows: {
        ...base.flows,
        ...flows({
          straight: aFlow('which', {
            which: {
              kind: 'branch',
              cases: [{ when: { fact: 'switch:rush', is: 'present' }, to: to('plain') }],
              otherwise: to('support'),
            },
            plain: { kind: 'queue', queue: 'support' as QueueId, priority: 1, nobody: to('sorry') },
            support: {
              kind: 'queue',
              queue: 'support' as QueueId,
              priority: 0,
              requires: level === 0 ? {} : { en: level },
              keys: { '1': to('callback') },
              full: to('callback'),
              paused: to('sorry'),
              timeout: to('sorry'),
            },
            callback: {
              kind: 'callback',
              queue: 'support' as QueueId,
              priority: 0,
              sounds: ['offer'],
              confirm: { before: [], after: [] },
              numberSounds: [],
              waitMs: 5000,
              tries: 2,
              accepted: to('sorry'),
              declined: to('sorry'),
            },
            sorry: { kind: 'say', sounds: ['sorry'], next: to('end') },
            end: { kind: 'hangup' },
          }),
        }),
      },
      queues: {
        ['sales' as QueueId]: aQueue({ name: 'Sales', members: ['ben'], weight }),
        ['support' as QueueId]: aQueue({
          name: 'Support',
          strategy,
          members: people.map((agent, index) => ({ agent: agent as AgentId, penalty: penalties[index] ?? 0 })),
          relax: [
            { afterMs: 20_000, requires: { en: 2 } as never },
            { afterMs: 40_000, requires: {} },
          ],
          limits: { length, waitMs: 90_000 },
          priorityBySegment: { vip: 2 },
          pauseAfterMissed,
          wrapUpCodes: ['order'],
          wrapUpCodeRequired,
          callback: { order, attempts: 2, backOffMs: 10_000 },
        }),
      },
      agents: { ana: { skills: { en: 8 } }, ben: { skills: { en: 3 } } } as never,
    });
  });

const requestOf = (to: Extract<Happening, { do: 'ask' }>['to']): AgentRequest => {
  if (to === 'pause') return { to, reason: 'tea' };
  return to === 'wrapped-up' ? { to, code: 'order' } : { to };
};

/** A day on the floor: whatever happens, and the clock's knocks, each a little late. */
const run = (happenings: readonly Happening[], policy: Policy): Floor => {
  const floor = new Floor(policy);
  for (const each of happenings) {
    const live = [...floor.exchange.calls.keys()];
    const call = 'which' in each ? live[each.which % Math.max(1, live.length)] : undefined;
    if (each.do === 'arrive')
      floor.arrive(each.dnis, {
        from: each.from,
        source: each.from === 'phone' ? `${101 + each.phone}` : 'demo',
        ani: `+3361234567${each.phone}`,
      });
    else if (each.do === 'ask') floor.ask(people[each.who] ?? 'ana', requestOf(each.to));
    else if (each.do === 'wait') passTime(floor, each.ms, each.late);
    else if (each.do === 'phone')
      floor.handle({
        type: 'PhoneReachable',
        at: floor.now,
        extension: `${101 + each.who}` as Extension,
        reachable: each.reachable,
      });
    else if (each.do === 'switch')
      floor.handle({ type: 'SwitchTurned', at: floor.now, switch: 'rush', on: each.on, by: 'sam' });
    else if (each.do === 'supervise') supervise(floor, call, each);
    else if (call !== undefined && each.do === 'customer') {
      const { segment } = each;
      if (floor.call(call).customer === undefined)
        floor.happen(call, { type: 'CallerIdentified', customer: { id: '7', name: 'J', segment }, tookMs: 1 });
    } else if (call !== undefined && each.do === 'call') happens(floor, call, each.what, each.digit);
    passTime(floor, 1, 0);
  }
  return floor;
};

const passTime = (floor: Floor, ms: number, late: number): void => {
  const end = instant(floor.now + ms);
  for (;;) {
    const { calls, agents, tickets } = floor.exchange;
    const due = [
      ...[...calls.values()].map((call) => ({ at: callDeadline(call), call: call.id })),
      ...[...agents.values()].map((agent) => ({ at: agentDeadline(agent), agent: agent.id })),
      ...[...tickets.values()].map((ticket) => ({ at: ticketDeadline(ticket), ticket: ticket.id })),
    ]
      .filter(({ at }) => at !== undefined && at <= end)
      .toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0))[0];
    if (due?.at === undefined) break;
    floor.now = instant(Math.max(floor.now, due.at + late));
    if ('call' in due) floor.happen(due.call, { type: 'DeadlinePassed' });
    else if ('agent' in due) floor.handle({ type: 'AgentDeadlinePassed', at: floor.now, agent: due.agent });
    else floor.handle({ type: 'TicketDeadlinePassed', at: floor.now, ticket: due.ticket });
  }
  floor.now = instant(Math.max(floor.now, end));
};

const supervise = (
  floor: Floor,
  call: CallId | undefined,
  { which, who, what }: Extract<Happening, { do: 'supervise' }>,
): void => {
  const agent = (people[who] ?? 'ana') as AgentId;
  if (what === 'in' || what === 'out' || what === 'by-policy') {
    const placement =
      what === 'in' ? ({ in: true, penalty: who } as const) : what === 'out' ? ({ in: false } as const) : null;
    floor.handle({ type: 'MemberAsked', at: floor.now, queue: 'sales' as QueueId, agent, placement, by: 'sam' });
  } else if (call !== undefined) {
    const request =
      what === 'up'
        ? ({ to: 'priority', priority: 3 } as const)
        : ({ to: 'queue', queue: (which % 2 === 0 ? 'sales' : 'support') as QueueId } as const);
    floor.handle({ type: 'CallerAsked', at: floor.now, call, request, by: 'sam' });
  }
};

const happens = (floor: Floor, id: CallId, what: CallHappening, digit: string): void => {
  const call = floor.call(id);
  const rings = call.phase === 'offered' || call.phase === 'ringing' || call.phase === 'calling-back';
  switch (what) {
    case 'gone':
      if (call.phase === 'talking' && digit === '2') floor.legEnds(id, 'hung-up');
      else if (call.phase !== 'calling-back' || call.stage === 'customer') floor.callerHangsUp(id);
      return;
    case 'answer':
      if (rings) floor.answers(id);
      return;
    case 'refuse':
      if (rings) floor.legEnds(id, 'refused');
      return;
    case 'fail':
      if (rings) floor.happen(id, { type: 'CommandFailed', command: 'RingPhone', leg: floor.legOf(id) });
      return;
    case 'prompt':
      if (call.phase === 'in-flow' && 'playback' in call.doing && call.doing.playback !== undefined)
        floor.happen(id, { type: 'PlaybackEnded', playback: call.doing.playback });
      return;
    case 'digit':
      if (call.phase !== 'calling-back') floor.presses(id, digit);
      return;
    case 'callback':
      for (let n = 0; n < 3 && floor.exchange.calls.get(id)?.phase !== 'calling-back'; n += 1)
        if (floor.exchange.calls.has(id)) floor.presses(id, '1');
      if (floor.exchange.calls.get(id)?.phase === 'in-flow') floor.callerHangsUp(id);
  }
};

test('[F14] a day replayed by the policies that were in force: the same call to the same agent, in the same places, in the same millisecond', () => {
  let decided = 0;
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 120, size: 'max' }), house, (happenings, policy) => {
      const floor = run(happenings, policy);
      const recorder = new DayRecorder((version) => (version === policy.version ? policy : undefined));
      for (const fact of floor.facts) recorder.take(fact);
      const day = recorder.day();
      const book = new DecisionBook();
      simulate(day, { onFact: (fact) => book.take(fact) });
      const recorded = recordedDecisions(day);
      for (const each of recorded.values()) decided += each.length;
      expect(differences(recorded, book.decisions)).toEqual([]);
    }),
    { numRuns: 120 },
  );
  expect(decided).toBeGreaterThan(1000);
}, 30_000);
