import { aFlow, aPolicy, aQueue, Floor, flows, type QueueChanges } from '@cordboard/testkit';
import { describe, expect, test } from 'vitest';
import type { Customer } from '../customer.ts';
import type { AgentId, CallId, NodeId, OutsideNumber, QueueId } from '../ids.ts';
import type { FlowNode, QueueNode } from '../policy/flow.ts';
import type { Policy } from '../policy/policy.ts';

const support = '+33170000011';

/** Support by these rules, each way out of it leading to a message of its own name. */
const houseWith = (
  changes: QueueChanges,
  node: Partial<QueueNode> = {},
  policy: Partial<Policy> = {},
  nodes: Record<string, FlowNode> = {},
): Floor => {
  const base = aPolicy();
  const say = (sound: string) => ({ kind: 'say', sounds: [sound], next: 'end' as NodeId }) as const;
  return new Floor({
    ...base,
    flows: {
      ...base.flows,
      ...flows({
        straight: aFlow('support', {
          support: { kind: 'queue', queue: 'support' as QueueId, priority: 0, ...node },
          ...Object.fromEntries(
            ['full', 'nobody', 'paused', 'tooLong', 'timeout', 'closing', 'pressed'].map((exit) => [exit, say(exit)]),
          ),
          end: { kind: 'hangup' },
          ...nodes,
        }),
      }),
    },
    queues: {
      ['sales' as QueueId]: aQueue({ name: 'Sales', members: ['ben'] }),
      ['support' as QueueId]: aQueue({
        name: 'Support',
        announce: { everyMs: 0, position: false, wait: false },
        ...changes,
      }),
    },
    ...policy,
  });
};
const every = {
  full: 'full',
  nobody: 'nobody',
  paused: 'paused',
  tooLong: 'tooLong',
  timeout: 'timeout',
  closing: 'closing',
} as unknown as Partial<QueueNode>;
const hears = (floor: Floor, call: CallId): unknown => floor.commandsOf(call, 'Play').at(-1)?.prompts[0];

const identify = (floor: Floor, call: CallId, customer: Partial<Customer>): void => {
  floor.happen(call, { type: 'CallerIdentified', customer: { id: '7', name: 'Jeanne', ...customer }, tookMs: 5 });
};

describe('[S36] ways out of a queue', () => {
  test('as many wait as may: the next one is sent elsewhere, and supervisors are told', () => {
    const floor = houseWith({ limits: { length: 2 } }, { ...every, nobody: undefined, paused: undefined } as never);
    floor.arrive(support);
    floor.arrive(support);
    const third = floor.arrive(support);
    expect(hears(floor, third)).toEqual({ sound: 'full' });
    expect(floor.factsOf('QueueRefused')).toMatchObject([
      { exit: 'full', because: '2 wait for Support, and no more may' },
    ]);
    expect(floor.factsOf('SupervisorAlerted').map(({ alert }) => alert)).toEqual([
      { is: 'overflow-taken', queue: 'support', call: third, exit: 'full' },
    ]);
  });

  test.each<[string, QueueChanges, (floor: Floor) => CallId]>([
    [
      'when it was full',
      { limits: { length: 1 } },
      (floor) => {
        floor.arrive(support);
        return floor.arrive(support);
      },
    ],
    [
      'after the longest wait',
      { maxWaitMs: 60_000 },
      (floor) => {
        const call = floor.arrive(support);
        floor.timePasses(call, 60_000);
        return call;
      },
    ],
  ])('the other house is told for which line it was, %s', (_, changes, overflow) => {
    const partner = {
      kind: 'transfer',
      number: '+33199000001' as OutsideNumber,
      trunk: 'demo',
      forMs: 20_000,
      attributes: [],
      noAnswer: 'end' as NodeId,
    } as const;
    const floor = houseWith(
      changes,
      { full: 'partner', timeout: 'partner' } as unknown as Partial<QueueNode>,
      {},
      { partner },
    );
    const call = overflow(floor);
    expect(floor.commandsOf(call, 'RingOutside')[0]?.headers).toEqual({
      'X-Cordboard-Context': `call=${call}&queue=support`,
    });
  });

  test('nobody is signed in: the caller is not let in; without that way out they wait', () => {
    const floor = houseWith({}, every);
    expect(hears(floor, floor.arrive(support))).toEqual({ sound: 'nobody' });
    const patient = houseWith({});
    expect(patient.call(patient.arrive(support)).phase).toBe('queued');
  });

  test('everybody has paused: at entry, and while waiting, when the last one goes', () => {
    const floor = houseWith({}, every).signIn('ana', 'ben');
    floor.ask('ben', { to: 'pause', reason: 'tea' });
    floor.answers(floor.arrive(support));
    const waiting = floor.arrive(support);
    expect(floor.call(waiting).phase).toBe('queued');
    floor.ask('ana', { to: 'pause', reason: 'lunch' });
    expect(hears(floor, waiting)).toEqual({ sound: 'paused' });
    expect(floor.factsOf('QueueLeft').at(-1)).toMatchObject({ outcome: 'overflowed', exit: 'paused' });
    expect(floor.factsOf('SupervisorAlerted').map(({ alert }) => alert)).toMatchObject([
      { is: 'nobody-left', queue: 'sales', waiting: 0 },
      { is: 'nobody-left', queue: 'support', because: 'paused', waiting: 1 },
      { is: 'overflow-taken', queue: 'support', exit: 'paused' },
    ]);
    expect(hears(floor, floor.arrive(support))).toEqual({ sound: 'paused' });
  });

  test('a ring that nobody answers may pause the last agent, and the caller leaves', () => {
    const floor = houseWith({ pauseAfterMissed: 1 }, every).signIn('ana');
    const call = floor.arrive(support);
    floor.timePasses(call, 15_000);
    expect(floor.agent('ana').presence).toEqual({ is: 'paused', reason: 'no-answer' });
    expect(hears(floor, call)).toEqual({ sound: 'paused' });
  });

  test('the last one signs out while somebody waits', () => {
    const floor = houseWith({}, every).signIn('ana');
    floor.answers(floor.arrive(support));
    const waiting = floor.arrive(support);
    floor.ask('ana', { to: 'sign-out' });
    expect(hears(floor, waiting)).toEqual({ sound: 'nobody' });
  });

  test.each([false, true])(
    'the wait would be too long: asked once calls have shown how long they take, after a restart too: %s',
    (restarted) => {
      const floor = houseWith({ wrapUpMs: 0, limits: { expectedWaitMs: 90_000 } }, every).signIn('ana');
      const first = floor.arrive(support);
      floor.answers(first);
      floor.after(60_000).callerHangsUp(first);
      if (restarted) floor.restart();
      floor.answers(floor.arrive(support));
      const second = floor.arrive(support);
      expect(floor.call(second).phase).toBe('queued');
      expect(hears(floor, floor.arrive(support))).toEqual({ sound: 'tooLong' });
    },
  );

  test('waited long enough, and no sooner', () => {
    const floor = houseWith({ limits: { waitMs: 30_000 } }, { timeout: 'timeout' as NodeId });
    const call = floor.arrive(support);
    floor.timePasses(call, 29_999);
    expect(floor.call(call).phase).toBe('queued');
    floor.timePasses(call, 1);
    expect(hears(floor, call)).toEqual({ sound: 'timeout' });
    expect(floor.factsOf('QueueLeft')).toMatchObject([{ exit: 'timeout', waitedMs: 30_000 }]);
  });

  test('closing time comes while somebody waits', () => {
    // 2025-06-15, a Sunday, 17:06:40 in Paris.
    const office = {
      timeZone: 'Europe/Paris',
      open: [{ days: [7], from: '09:00', to: '17:30' }],
      holidays: [],
      exceptions: [],
    };
    const floor = houseWith(
      { limits: { calendar: 'office' } },
      { closing: 'closing' as NodeId },
      { calendars: { office } },
    );
    const call = floor.arrive(support);
    expect(floor.call(call)).toMatchObject({ closesAt: Date.UTC(2025, 5, 15, 15, 30) });
    floor.timePasses(call, 24 * 60_000);
    expect(hears(floor, call)).toEqual({ sound: 'closing' });
    expect(hears(floor, floor.arrive(support))).toEqual({ sound: 'closing' });
  });

  test('somebody closes the house by a switch while callers wait', () => {
    const always = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }];
    const office = { timeZone: 'Europe/Paris', open: always, holidays: [], exceptions: [], closedBy: 'night' };
    const floor = houseWith(
      { limits: { calendar: 'office' } },
      { closing: 'closing' as NodeId },
      { calendars: { office }, switches: { night: { name: 'Night' } } },
    );
    const call = floor.arrive(support);
    floor.handle({ type: 'SwitchTurned', at: floor.now, switch: 'night', on: true, by: 'sam' });
    expect(hears(floor, call)).toEqual({ sound: 'closing' });
  });

  test('a key leads out while waiting, and while a phone rings, which then stops', () => {
    const floor = houseWith({}, { keys: { '1': 'pressed' as NodeId } });
    const waiting = floor.arrive(support);
    floor.presses(waiting, '5');
    expect(floor.call(waiting).phase).toBe('queued');
    floor.presses(waiting, '1');
    expect(hears(floor, waiting)).toEqual({ sound: 'pressed' });
    floor.signIn('ana');
    const rung = floor.arrive(support);
    const leg = floor.legOf(rung);
    floor.presses(rung, '1');
    expect(floor.commandsOf(rung, 'HangUp')).toMatchObject([{ channel: leg }]);
    expect(floor.call(rung).phase).toBe('in-flow');
    expect(floor.agent('ana')).toMatchObject({ missed: 0, presence: { is: 'ready' } });
    expect(floor.factsOf('SupervisorAlerted')).toEqual([]);
  });
});

describe('[S39] priority', () => {
  test('a VIP known at entry goes ahead by the boost; supervisors are told at once', () => {
    const floor = houseWith({ priorityBySegment: { vip: 10 } });
    const others = Array.from({ length: 10 }, () => floor.after(1000).arrive(support));
    const vip = floor.after(1000).arrive(support);
    identify(floor, vip, { segment: 'vip' });
    expect(floor.factsOf('SupervisorAlerted').map(({ alert }) => alert)).toEqual([
      { is: 'segment-queued', queue: 'support', call: vip, segment: 'vip' },
    ]);
    floor.signIn('ana');
    expect(floor.offeredTo(vip)).toBe('ana');
    expect(floor.factsOf('PlaceChanged')).toMatchObject([{ priority: 10, position: 1, because: 'segment vip' }]);
    expect(others.every((call) => floor.call(call).phase === 'queued')).toBe(true);
  });

  test('nobody starves: VIPs who come later than the boost come after', () => {
    const floor = houseWith({ priorityBySegment: { vip: 1 }, wrapUpMs: 0 });
    const patient = floor.arrive(support);
    floor.after(60_001);
    for (let n = 0; n < 5; n += 1) identify(floor, floor.after(1000).arrive(support), { segment: 'vip' });
    floor.signIn('ana');
    expect(floor.offeredTo(patient)).toBe('ana');
  });
});

describe('[S48] a supervisor', () => {
  test('moves a caller up, and the next decision obeys', () => {
    const floor = houseWith({});
    floor.arrive(support);
    const second = floor.after(1000).arrive(support);
    floor.handle({
      type: 'CallerAsked',
      at: floor.now,
      call: second,
      request: { to: 'priority', priority: 5 },
      by: 'sam',
    });
    floor.signIn('ana');
    expect(floor.offeredTo(second)).toBe('ana');
    expect(floor.factsOf('PlaceChanged')).toMatchObject([{ because: 'by sam', priority: 5, position: 1 }]);
  });

  test('moves a caller to another queue, with the wait already served', () => {
    const floor = houseWith({});
    const call = floor.arrive(support);
    const entered = floor.now;
    floor.after(30_000).handle({
      type: 'CallerAsked',
      at: floor.now,
      call,
      request: { to: 'queue', queue: 'sales' as QueueId },
      by: 'sam',
    });
    expect(floor.call(call)).toMatchObject({ phase: 'queued', queue: 'sales', queuedAt: entered });
    floor.signIn('ana');
    expect(floor.offeredTo(call)).toBeUndefined();
    floor.signIn('ben');
    floor.answers(call);
    expect(floor.factsOf('CallAnswered')).toMatchObject([{ agent: 'ben', queue: 'sales', waitedMs: 30_002 }]);
  });

  test.each([
    ['who does not wait', 'not-waiting', { to: 'priority', priority: 1 }],
    ['to a queue that is not', 'no-such-queue', { to: 'queue', queue: 'nowhere' }],
  ] as const)('cannot move a caller %s', (_, refusal, request) => {
    const floor = houseWith({});
    if (refusal === 'not-waiting') floor.signIn('ana');
    const call = floor.arrive(support);
    expect(
      floor.handle({ type: 'CallerAsked', at: floor.now, call, request: request as never, by: 'sam' }).refusal,
    ).toBe(refusal);
  });

  test('puts an agent into a queue and takes another out; the next decision obeys, until they sign out', () => {
    const floor = houseWith({ members: ['ana'] }).signIn('ana', 'ben');
    const place = (agent: string, placement: { in: true; penalty: number } | { in: false } | null) =>
      floor.handle({
        type: 'MemberAsked',
        at: floor.now,
        queue: 'support' as QueueId,
        agent: agent as AgentId,
        placement,
        by: 'sam',
      });
    place('ana', { in: false });
    const call = floor.arrive(support);
    expect(floor.call(call).phase).toBe('queued');
    place('ben', { in: true, penalty: 0 });
    expect(floor.offeredTo(call)).toBe('ben');
    expect(floor.factsOf('MemberMoved')).toMatchObject([
      { agent: 'ana', placement: { in: false }, members: [], by: 'sam' },
      { agent: 'ben', placement: { in: true }, members: ['ben'], by: 'sam' },
    ]);
    expect(floor.factsOf('SupervisorAlerted')).toMatchObject([{ alert: { is: 'nobody-left', queue: 'support' } }]);
    floor.callerHangsUp(call);
    floor.ask('ben', { to: 'sign-out' });
    floor.ask('ben', { to: 'sign-in' });
    expect(floor.factsOf('MemberMoved').at(-1)).toMatchObject({ agent: 'ben', placement: null, members: [] });
    const next = floor.arrive(support);
    expect(floor.call(next).phase).toBe('queued');
    place('ana', null);
    expect(floor.offeredTo(next)).toBe('ana');
  });
});

describe('[S34] the customer’s own agent', () => {
  const owned = (floor: Floor, owner: string): CallId => {
    const policy = floor.arrive('+33170000010');
    identify(floor, policy, { owner: owner as AgentId });
    floor.promptEnds(policy);
    floor.presses(policy, '2');
    return policy;
  };
  const house = (): Floor => {
    const base = aPolicy();
    const main = base.flows['main' as never] as { nodes: Record<string, object> };
    const support = { kind: 'queue', queue: 'support', priority: 0, ownerFirstMs: 20_000 };
    return houseWith(
      {},
      {},
      { flows: { ...base.flows, ['main' as never]: { ...main, nodes: { ...main.nodes, support } } as never } },
    );
  };

  test('is rung first, though others are idle longer', () => {
    const floor = house().signIn('ben', 'ana', 'chloe');
    expect(floor.offeredTo(owned(floor, 'chloe'))).toBe('chloe');
    expect(floor.factsOf('AgentOffered')[0]?.decision.rule).toContain('own agent');
  });

  test('when busy for too long, the team answers', () => {
    const floor = house().signIn('chloe');
    floor.answers(floor.arrive(support));
    floor.signIn('ana');
    floor.answers(floor.arrive(support));
    const call = owned(floor, 'chloe');
    floor.signIn('ben');
    expect(floor.call(call)).toMatchObject({ phase: 'queued', only: 'chloe' });
    floor.timePasses(call, 20_000);
    expect(floor.offeredTo(call)).toBe('ben');
    expect(floor.factsOf('OwnerPassed')).toMatchObject([{ agent: 'chloe' }]);
  });

  test('when away, nobody waits for them', () => {
    const floor = house().signIn('ana');
    expect(floor.offeredTo(owned(floor, 'chloe'))).toBe('ana');
  });
});

describe('[S37] what is heard while waiting', () => {
  const treatments = [
    { segment: 'vip', music: 'piano' },
    { callsAtLeast: 2, music: 'sorry', welcome: ['cordboard/you-again'] },
    { language: 'en', music: 'english' },
  ] as const;

  test('a VIP, one who calls again, and one of another language hear different music', () => {
    const floor = houseWith({ treatments: [...treatments] });
    const [vip, again, plain] = [floor.arrive(support), floor.arrive(support), floor.arrive(support)];
    identify(floor, vip, { segment: 'vip' });
    floor.happen(again, {
      type: 'CallerIdentified',
      customer: null,
      lastCalls: [floor.now, floor.now],
      tookMs: 1,
    });
    const music = (call: CallId) => floor.commandsOf(call, 'StartMusic').at(-1)?.music;
    expect([vip, again, plain].map(music)).toEqual(['piano', 'sorry', 'default']);
  });

  test('messages are said in turn, and music follows each', () => {
    const floor = houseWith({ messages: { everyMs: 20_000, sounds: ['one', 'two'] } });
    const call = floor.arrive(support);
    for (const sound of ['one', 'two', 'one']) {
      floor.timePasses(call, 20_000);
      expect(hears(floor, call)).toEqual({ sound });
      floor.promptEnds(call);
    }
    expect(floor.commandsOf(call, 'StartMusic')).toHaveLength(4);
  });
});

describe('[S18] the wait that is told', () => {
  test('never rises, and tells nothing while nothing is known', () => {
    const floor = houseWith({ wrapUpMs: 0, announce: { everyMs: 15_000, position: true, wait: true } }).signIn('ana');
    const first = floor.arrive(support);
    floor.answers(first);
    const [a, b] = [floor.arrive(support), floor.arrive(support)];
    floor.timePasses(b, 15_000);
    expect(floor.factsOf('PositionAnnounced')).toMatchObject([{ position: 2, waitMinutes: null }]);
    floor.promptEnds(b);
    floor.after(120_000).callerHangsUp(first);
    floor.answers(a);
    floor.timePasses(b, 15_000);
    const told = floor.factsOf('PositionAnnounced').map(({ waitMinutes }) => waitMinutes);
    expect(told.at(-1)).toBeGreaterThan(1);
    expect(floor.call(b)).toMatchObject({ toldMinutes: told.at(-1) });
  });
});

describe('as somebody coming from Queue() expects', () => {
  test('wrap-up per member in place of the queue’s', () => {
    const floor = houseWith({
      wrapUpMs: 10_000,
      members: [{ agent: 'ana' as AgentId, penalty: 0, wrapUpMs: 60_000 }, 'ben'],
    }).signIn('ana', 'ben');
    const [one, other] = [floor.arrive(support), floor.arrive(support)];
    for (const call of [one, other]) floor.answers(call);
    const ended = floor.after(1000).now;
    for (const call of [one, other]) floor.callerHangsUp(call);
    expect(floor.agent('ana').presence).toMatchObject({ is: 'wrap-up', until: ended + 60_000 });
    expect(floor.agent('ben').presence).toMatchObject({ is: 'wrap-up', until: ended + 10_000 });
  });

  test('a member on any call is never rung (ring-in-use is no)', () => {
    const floor = houseWith({ members: ['ana'] }).signIn('ana');
    floor.arrive('110', { from: 'phone', source: '101' });
    expect(floor.call(floor.arrive(support)).phase).toBe('queued');
  });

  test('position, priority and the longest line together', () => {
    const floor = houseWith({ limits: { length: 3 }, priorityBySegment: { vip: 2 } }, { full: 'full' as NodeId });
    const [first, second] = [floor.arrive(support), floor.after(1000).arrive(support)];
    const vip = floor.after(1000).arrive(support);
    identify(floor, vip, { segment: 'vip' });
    expect(hears(floor, floor.arrive(support))).toEqual({ sound: 'full' });
    const positions = [first, second, vip].map(
      (call) => [...floor.exchange.waitingIn('support' as QueueId)].indexOf(call) + 1,
    );
    expect(positions).toEqual([2, 3, 1]);
  });
});

describe('[F13] a new version of the policy', () => {
  const stricter = (floor: Floor, moveWaiting: boolean): void => {
    const policy = aPolicy({
      version: 2,
      queues: {
        ...aPolicy().queues,
        ['support' as QueueId]: aQueue({ name: 'Support', strategy: 'linear', requires: { en: 5 } as never }),
      },
      agents: { ben: { skills: { en: 9 } } } as never,
    });
    floor.handle({ type: 'PolicyPublished', at: floor.now, policy, moveWaiting });
  };

  test('leaves those who wait as they are', () => {
    const floor = houseWith({});
    const call = floor.arrive(support);
    stricter(floor, false);
    floor.signIn('ana');
    expect(floor.offeredTo(call)).toBe('ana');
    expect(floor.factsOf('AgentOffered')[0]?.decision.policyVersion).toBe(1);
  });

  test('takes them along when asked to, with the wait already served', () => {
    const floor = houseWith({});
    const call = floor.arrive(support);
    const queuedAt = floor.now;
    stricter(floor.after(5000), true);
    expect(floor.call(call)).toMatchObject({ policyVersion: 2, queuedAt, requires: { en: 5 } });
    floor.signIn('ana');
    expect(floor.offeredTo(call)).toBeUndefined();
    floor.signIn('ben');
    expect(floor.offeredTo(call)).toBe('ben');
    expect(floor.factsOf('AgentOffered')[0]?.decision).toMatchObject({ policyVersion: 2, strategy: 'linear' });
  });
});
