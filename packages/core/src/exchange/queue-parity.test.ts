import { aPolicy, aQueue, Floor, type QueueChanges } from '@cordboard/testkit';
import { describe, expect, test } from 'vitest';
import type { AgentId, CallId, NodeId, QueueId } from '../ids.ts';
import type { QueueNode } from '../policy/flow.ts';

const number = '+33170000011';
const support = 'support' as QueueId;

/** One queue; the ways out of its node lead to the node `elsewhere`. */
const floorOf = (changes: QueueChanges, node: Partial<QueueNode> = {}): Floor =>
  new Floor(
    aPolicy({
      numbers: [{ number, name: 'Support', language: 'en', flow: 'support' as never }],
      flows: {
        ['support' as never]: {
          name: 'Support',
          start: 'line' as NodeId,
          nodes: {
            ['line' as NodeId]: { kind: 'queue', queue: support, priority: 0, ...node },
            ['elsewhere' as NodeId]: { kind: 'say', sounds: ['elsewhere'], next: 'end' as NodeId },
            ['end' as NodeId]: { kind: 'hangup' },
          },
        },
      },
      queues: { [support]: aQueue({ wrapUpMs: 0, ...changes }) },
    }),
  );
const elsewhere = 'elsewhere' as NodeId;
const member = (agent: string, penalty: number, wrapUpMs?: number) => ({
  agent: agent as AgentId,
  penalty,
  ...(wrapUpMs === undefined ? {} : { wrapUpMs }),
});
const positions = (floor: Floor): readonly number[] => floor.factsOf('CallQueued').map(({ position }) => position);
const isElsewhere = (floor: Floor, call: CallId): boolean =>
  floor.commandsOf(call, 'Play').some(({ prompts }) => JSON.stringify(prompts) === '[{"sound":"elsewhere"}]');

/** The cases of Asterisk's own tests of app_queue: https://github.com/asterisk/testsuite, tests/apps/queues. */
describe('what Queue() does is done here', () => {
  test('position: each caller stands behind those who came before, and moves up as they go', () => {
    const floor = floorOf({});
    const [first, second, third] = [floor.arrive(number), floor.arrive(number), floor.arrive(number)];
    expect(positions(floor)).toEqual([1, 2, 3]);
    floor.callerHangsUp(first);
    expect(floor.exchange.waitingIn(support)).toEqual([second, third]);
  });

  test('priority: who has more stands before those who have less, and behind equals', () => {
    const floor = floorOf({ boostMs: 60_000 });
    const plain = floor.arrive(number);
    const others = [floor.arrive(number), floor.arrive(number)] as const;
    for (const call of others)
      floor.handle({ type: 'CallerAsked', at: floor.now, call, request: { to: 'priority', priority: 1 }, by: 'sue' });
    expect(floor.exchange.waitingIn(support)).toEqual([...others, plain]);
  });

  test('maxlen: one more than may wait is not let in; as soon as one has gone, the next is', () => {
    const floor = floorOf({ limits: { length: 2 } }, { full: elsewhere });
    const [first] = [floor.arrive(number), floor.arrive(number)];
    expect(isElsewhere(floor, floor.arrive(number))).toBe(true);
    floor.callerHangsUp(first);
    expect(floor.call(floor.arrive(number)).phase).toBe('queued');
    expect(floor.factsOf('QueueRefused')).toHaveLength(1);
  });

  test('maxlen counts those who wait, not those who talk', () => {
    const floor = floorOf({ limits: { length: 1 } }, { full: elsewhere }).signIn('ana');
    floor.answers(floor.arrive(number));
    expect(floor.call(floor.arrive(number)).phase).toBe('queued');
    expect(isElsewhere(floor, floor.arrive(number))).toBe(true);
  });

  test('wrap-up: no call comes before it is over, then the one who waited comes at once', () => {
    const floor = floorOf({ members: ['ana'], wrapUpMs: 10_000 }).signIn('ana');
    const first = floor.arrive(number);
    floor.answers(first);
    const next = floor.arrive(number);
    floor.callerHangsUp(first);
    floor.after(9999);
    floor.handle({ type: 'AgentDeadlinePassed', at: floor.now, agent: 'ana' as AgentId });
    expect(floor.offeredTo(next)).toBeUndefined();
    floor.after(1);
    floor.handle({ type: 'AgentDeadlinePassed', at: floor.now, agent: 'ana' as AgentId });
    expect(floor.offeredTo(next)).toBe('ana');
  });

  test('wrap-up per member: one has time of their own, the other none', () => {
    const floor = floorOf({
      members: [member('ana', 0, 5000), member('ben', 0, 0)],
      wrapUpMs: 20_000,
      strategy: 'linear',
    }).signIn('ana', 'ben');
    const calls = [floor.arrive(number), floor.arrive(number)] as const;
    for (const call of calls) floor.answers(call);
    for (const call of calls) floor.callerHangsUp(call);
    expect(floor.agent('ana').presence).toMatchObject({ is: 'wrap-up', until: floor.now + 5000 });
    expect(floor.agent('ben').presence.is).toBe('ready');
  });

  test('penalty: who has more is rung only while nobody with less is free', () => {
    const floor = floorOf({ members: [member('ana', 5), member('ben', 0), member('chloe', 1)] });
    floor.signIn('ana', 'ben', 'chloe');
    const rung = [floor.arrive(number), floor.arrive(number), floor.arrive(number)].map((call) =>
      floor.offeredTo(call),
    );
    expect(rung).toEqual(['ben', 'chloe', 'ana']);
  });

  test('penalty: a supervisor sets another, and the next call goes by it', () => {
    const floor = floorOf({ members: [member('ana', 0), member('ben', 1)] }).signIn('ana', 'ben');
    floor.handle({
      type: 'MemberAsked',
      at: floor.now,
      queue: support,
      agent: 'ana' as AgentId,
      placement: { in: true, penalty: 9 },
      by: 'sue',
    });
    expect(floor.offeredTo(floor.arrive(number))).toBe('ben');
  });

  test('all paused: callers who wait, and those who come, go elsewhere; when one is back they wait again', () => {
    const floor = floorOf({ members: ['ana', 'ben'] }, { paused: elsewhere }).signIn('ana', 'ben');
    floor.ask('ana', { to: 'pause', reason: 'tea' });
    floor.answers(floor.arrive(number));
    const waiting = floor.arrive(number);
    expect(floor.call(waiting).phase).toBe('queued');
    floor.ask('ben', { to: 'pause', reason: 'tea' });
    expect(isElsewhere(floor, waiting)).toBe(true);
    expect(isElsewhere(floor, floor.arrive(number))).toBe(true);
    floor.ask('ana', { to: 'be-ready' });
    expect(floor.offeredTo(floor.arrive(number))).toBe('ana');
  });

  test('ring-in-use is no: whoever talks, is rung or dials out is not rung; paused while ringing, the ringing goes on', () => {
    const floor = floorOf({ members: ['ana', 'ben', 'chloe'], strategy: 'linear' }).signIn('ana', 'ben', 'chloe');
    floor.answers(floor.arrive(number));
    const ringing = floor.arrive(number);
    floor.arrive('110', { from: 'phone', source: '103', ani: '103' });
    const waiting = floor.arrive(number);
    expect(floor.offeredTo(ringing)).toBe('ben');
    expect(floor.offeredTo(waiting)).toBeUndefined();
    floor.ask('ben', { to: 'pause', reason: 'tea' });
    expect(floor.offeredTo(ringing)).toBe('ben');
    floor.answers(ringing);
    floor.callerHangsUp(ringing);
    expect(floor.agent('ben').presence).toMatchObject({ is: 'paused', reason: 'tea' });
    expect(floor.offeredTo(waiting)).toBeUndefined();
  });

  test('timeout: a member who lets it ring gives way to the next, and the caller keeps the place', () => {
    const floor = floorOf({ members: ['ana', 'ben'], strategy: 'linear', ringForMs: 15_000 }).signIn('ana', 'ben');
    const call = floor.arrive(number);
    floor.timePasses(call, 15_000);
    expect(floor.offeredTo(call)).toBe('ben');
    floor.answers(call);
    expect(floor.factsOf('CallAnswered')).toMatchObject([{ agent: 'ben', waitedMs: 15_000 }]);
  });
});
