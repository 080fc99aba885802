import { aPolicy, aQueue, Floor } from '@cordboard/testkit';
import { describe, expect, test } from 'vitest';
import type { Extension, QueueId } from '../ids.ts';
import { wholeDecision } from '../routing/candidates.ts';

const support = '+33170000011';
const withSupport = (changes: Parameters<typeof aQueue>[0]): Floor => {
  const policy = aPolicy();
  return new Floor({
    ...policy,
    queues: { ...policy.queues, ['support' as QueueId]: aQueue({ name: 'Support', ...changes }) },
  });
};

describe('the way in', () => {
  test('a caller hears the greeting, presses 2, and waits for support with music', () => {
    const floor = new Floor();
    const call = floor.arrive('+33170000010');
    expect(floor.commandsOf(call, 'Answer')).toHaveLength(1);
    expect(floor.commandsOf(call, 'Play')[0]?.prompts).toEqual([{ sound: 'cordboard/welcome' }]);
    floor.promptEnds(call);
    floor.presses(call, '2');
    expect(floor.commandsOf(call, 'StopPlaying')).toHaveLength(1);
    expect(floor.call(call)).toMatchObject({ phase: 'queued', queue: 'support' });
    expect(floor.commandsOf(call, 'StartMusic')).toHaveLength(1);
    expect(floor.commandsOf(call, 'Answer')).toHaveLength(1);
  });

  test('a wrong key three times leads on, and each time the menu is said again', () => {
    const floor = new Floor();
    const call = floor.arrive('+33170000010');
    floor.promptEnds(call);
    floor.presses(call, '9');
    expect(floor.commandsOf(call, 'Play').at(-1)?.prompts).toEqual([
      { sound: 'cordboard/invalid' },
      { sound: 'cordboard/menu-main' },
    ]);
    floor.presses(call, '8');
    expect(floor.call(call).phase).toBe('in-flow');
    floor.presses(call, '7');
    expect(floor.call(call)).toMatchObject({ phase: 'queued', queue: 'support' });
  });

  test('silence three times leads on too; the wait begins when the prompt has ended', () => {
    const floor = new Floor();
    const call = floor.arrive('+33170000010');
    floor.promptEnds(call);
    floor.timePasses(call, 60_000);
    expect(floor.commandsOf(call, 'Play')).toHaveLength(2);
    for (let tries = 0; tries < 3; tries += 1) {
      floor.promptEnds(call);
      floor.timePasses(call, 5000);
    }
    expect(floor.call(call)).toMatchObject({ phase: 'queued', queue: 'support' });
  });

  test('a number that nobody gave is refused, and said so', () => {
    const floor = new Floor();
    const call = floor.arrive('+33999999999');
    expect(floor.commandsOf(call, 'HangUp')).toEqual([
      { type: 'HangUp', channel: '1750000000.000001', cause: 'unallocated' },
    ]);
    expect(floor.factsOf('CallEnded')).toMatchObject([{ disposition: 'rejected' }]);
    expect(floor.exchange.calls.size).toBe(0);
  });

  test.each(['33170000011', '0033170000011', '+33 1 70 00 00 11'])(
    'the number is known however it is written: %s',
    (dialled) => {
      const floor = new Floor();
      expect(floor.call(floor.arrive(dialled))).toMatchObject({ phase: 'queued' });
    },
  );

  test('outside opening hours the caller is told, and the call ends', () => {
    const closed = { office: { timeZone: 'Europe/Paris', open: [], holidays: [], exceptions: [] } };
    const floor = new Floor(aPolicy({ calendars: closed }));
    const call = floor.arrive('+33170000010');
    expect(floor.commandsOf(call, 'Play')[0]?.prompts).toEqual([{ sound: 'cordboard/closed' }]);
    floor.promptEnds(call);
    expect(floor.exchange.calls.size).toBe(0);
    expect(floor.factsOf('CallEnded')).toMatchObject([{ disposition: 'completed-in-flow', endedBy: 'system' }]);
  });

  test('a prompt that cannot be played does not hold the caller', () => {
    const floor = new Floor();
    const call = floor.arrive('+33170000010');
    const playback = floor.commandsOf(call, 'Play')[0]?.playback;
    floor.happen(call, { type: 'CommandFailed', command: 'Play', ...(playback === undefined ? {} : { playback }) });
    expect(floor.commandsOf(call, 'Play').at(-1)?.prompts).toEqual([{ sound: 'cordboard/menu-main' }]);
  });
});

describe('who answers', () => {
  test('of those who are free, the one idle longest; and the reason for each of the others', () => {
    const floor = new Floor().signIn('ben', 'ana', 'chloe');
    floor.ask('chloe', { to: 'pause', reason: 'lunch' });
    const call = floor.after(5000).arrive(support);
    expect(floor.offeredTo(call)).toBe('ben');
    const [offered] = floor.factsOf('AgentOffered');
    expect(offered && wholeDecision(offered.decision)).toMatchObject({
      policyVersion: 1,
      candidates: [
        { agent: 'ana', chosen: false, reason: 'free, but idle for only 5.0 s' },
        { agent: 'ben', chosen: true, reason: 'idle longest, 5.0 s' },
        { agent: 'chloe', chosen: false, reason: 'paused: lunch' },
      ],
    });
  });

  test('a paused, a busy, a signed-out and an unregistered agent are never rung', () => {
    const floor = new Floor().signIn('ana', 'ben');
    floor.ask('ana', { to: 'pause', reason: 'lunch' });
    floor.handle({ type: 'PhoneReachable', at: floor.now, extension: '102' as Extension, reachable: false });
    const call = floor.arrive(support);
    expect(floor.call(call).phase).toBe('queued');
    floor.handle({ type: 'PhoneReachable', at: floor.now, extension: '102' as Extension, reachable: true });
    expect(floor.offeredTo(call)).toBe('ben');
    const second = floor.arrive(support);
    expect(floor.call(second).phase).toBe('queued');
  });

  test('the phone shows the caller, and the queue before the name', () => {
    const floor = new Floor().signIn('ana');
    const call = floor.arrive(support, { aniName: 'Jeanne' });
    expect(floor.commandsOf(call, 'RingPhone')).toMatchObject([
      { extension: '101', callerNumber: '+33612345678', callerName: 'Support: Jeanne' },
    ]);
  });

  test('the caller who came first is served first, whichever queue they wait in', () => {
    const floor = new Floor();
    const first = floor.arrive(support);
    floor.after(10);
    const sales = floor.arrive('+33170000010');
    floor.promptEnds(sales);
    floor.presses(sales, '1');
    floor.signIn('ben');
    expect(floor.offeredTo(first)).toBe('ben');
    expect(floor.call(sales).phase).toBe('queued');
  });

  test('when a call ends the next one is offered in the same breath', () => {
    const floor = withSupport({ wrapUpMs: 0 }).signIn('ana');
    const first = floor.arrive(support);
    floor.answers(first);
    const second = floor.after(100).arrive(support);
    const { commands } = floor.after(60_000).legEnds(first, 'hung-up');
    expect(commands.map(({ command }) => command.type)).toEqual(['HangUp', 'DestroyBridge', 'RingPhone']);
    expect(floor.offeredTo(second)).toBe('ana');
  });

  test('wrap-up is served before the next call', () => {
    const floor = new Floor().signIn('ana');
    const first = floor.arrive(support);
    floor.answers(first);
    const second = floor.arrive(support);
    floor.legEnds(first, 'hung-up');
    expect(floor.call(second).phase).toBe('queued');
    floor.after(10_000).handle({ type: 'AgentDeadlinePassed', at: floor.now, agent: floor.agent('ana').id });
    expect(floor.offeredTo(second)).toBe('ana');
  });
});

describe('ring, no answer', () => {
  test('the next agent is tried, and the caller keeps the wait already served', () => {
    const floor = new Floor().signIn('ana', 'ben');
    const call = floor.arrive(support);
    const entered = floor.now;
    floor.timePasses(call, 15_000);
    expect(floor.commandsOf(call, 'HangUp')).toMatchObject([{ cause: 'no-answer' }]);
    expect(floor.call(call)).toMatchObject({
      phase: 'offered',
      queuedAt: entered,
      offer: { legs: [{ agent: 'ben' }] },
    });
    floor.answers(call);
    expect(floor.factsOf('CallAnswered')).toMatchObject([{ agent: 'ben', waitedMs: 15_000 }]);
  });

  test('who misses two calls in a row is paused, and told why', () => {
    const floor = new Floor().signIn('ana');
    const call = floor.arrive(support);
    floor.timePasses(call, 15_000);
    expect(floor.offeredTo(call)).toBe('ana');
    floor.timePasses(call, 15_000);
    expect(floor.call(call).phase).toBe('queued');
    expect(floor.agent('ana').presence).toEqual({ is: 'paused', reason: 'no-answer' });
  });

  test('a phone that answers a moment too late is let go', () => {
    const floor = new Floor().signIn('ana', 'ben');
    const call = floor.arrive(support);
    const late = floor.legOf(call);
    floor.timePasses(call, 15_000);
    floor.happen(call, { type: 'LegAnswered', leg: late });
    expect(floor.call(call)).toMatchObject({ phase: 'offered', offer: { legs: [{ agent: 'ben' }] } });
  });

  test('a phone that cannot be rung is left alone for a while, and not counted as a missed call', () => {
    const floor = new Floor().signIn('ana');
    const call = floor.arrive(support);
    floor.legEnds(call, 'unreachable');
    expect(floor.call(call).phase).toBe('queued');
    expect(floor.agent('ana')).toMatchObject({ missed: 0 });
    floor.after(10_000).handle({ type: 'AgentDeadlinePassed', at: floor.now, agent: floor.agent('ana').id });
    expect(floor.offeredTo(call)).toBe('ana');
  });
});

describe('the caller hangs up', () => {
  test('while the phone rings: the phone stops, the agent is free again and keeps the place', () => {
    const floor = new Floor().signIn('ana', 'ben');
    const call = floor.arrive(support);
    const leg = floor.legOf(call);
    floor.after(3000).callerHangsUp(call);
    expect(floor.commandsOf(call, 'HangUp')).toMatchObject([{ channel: leg, cause: 'normal' }]);
    expect(floor.offeredTo(floor.arrive(support))).toBe('ana');
    expect(floor.factsOf('QueueLeft')).toMatchObject([{ outcome: 'abandoned', waitedMs: 3000 }]);
  });

  test('in the very moment of answer: the leg that comes up is let go', () => {
    const floor = new Floor().signIn('ana');
    const call = floor.arrive(support);
    const leg = floor.legOf(call);
    floor.callerHangsUp(call);
    const { commands } = floor.happen(call, { type: 'LegAnswered', leg });
    expect(commands).toEqual([{ call, command: { type: 'HangUp', channel: leg, cause: 'normal' } }]);
  });

  test('in talk: the agent is let go, and wraps up', () => {
    const floor = new Floor().signIn('ana');
    const call = floor.arrive(support);
    floor.answers(call);
    floor.after(30_000).callerHangsUp(call);
    expect(floor.agent('ana').presence.is).toBe('wrap-up');
    expect(floor.factsOf('CallEnded')).toMatchObject([
      { disposition: 'answered', endedBy: 'caller', talkedMs: 30_000 },
    ]);
  });
});

describe('waiting', () => {
  test('the position is said, and said again only when it is better', () => {
    const floor = new Floor();
    const first = floor.arrive(support);
    const second = floor.after(10).arrive(support);
    floor.timePasses(second, 15_000);
    expect(floor.factsOf('PositionAnnounced')).toMatchObject([{ position: 2 }]);
    floor.promptEnds(second);
    expect(floor.commandsOf(second, 'StartMusic')).toHaveLength(2);
    floor.timePasses(second, 15_000);
    expect(floor.factsOf('PositionAnnounced')).toHaveLength(1);
    floor.callerHangsUp(first);
    floor.timePasses(second, 15_000);
    expect(floor.factsOf('PositionAnnounced')).toMatchObject([{ position: 2 }, { position: 1 }]);
  });

  test('a caller with priority goes ahead by its boost, and no further', () => {
    const priority = aPolicy();
    const flows = { ...priority.flows };
    const vip = '+33170000012';
    const floor = new Floor({
      ...priority,
      numbers: [...priority.numbers, { number: vip, name: 'VIP', language: 'en', flow: 'vip' as never }],
      flows: {
        ...flows,
        ['vip' as never]: {
          name: 'vip',
          start: 'q' as never,
          nodes: { q: { kind: 'queue', queue: 'support', priority: 1 } } as never,
        },
      },
    });
    const old = floor.arrive(support);
    const recent = floor.after(70_000).arrive(support);
    const important = floor.after(5000).arrive(vip);
    floor.signIn('ana');
    expect(floor.offeredTo(old)).toBe('ana');
    floor.signIn('ben');
    expect(floor.offeredTo(important)).toBe('ben');
    expect(floor.call(recent).phase).toBe('queued');
  });
});

describe('one extension', () => {
  test('rings without the caller being answered first, and answers both at once', () => {
    const floor = new Floor();
    const call = floor.arrive('+33170000101');
    expect(
      floor.commands.filter(({ command }) => command.type !== 'IdentifyCaller').map(({ command }) => command.type),
    ).toEqual(['IndicateRinging', 'RingPhone']);
    const { commands } = floor.answers(call);
    expect(commands.map(({ command }) => command.type)).toEqual(['Answer', 'Connect']);
  });

  test('does not ring an agent who is in a call', () => {
    const floor = new Floor().signIn('ana');
    floor.answers(floor.arrive(support));
    const call = floor.arrive('+33170000101');
    expect(floor.commandsOf(call, 'RingPhone')).toHaveLength(0);
    expect(floor.commandsOf(call, 'Play')[0]?.prompts).toEqual([{ sound: 'cordboard/sorry-nobody' }]);
  });

  test('an agent whose phone places a call is not offered one', () => {
    const floor = new Floor().signIn('ana');
    const placed = floor.arrive('110', { from: 'phone', source: '101' });
    expect(floor.call(placed).phase).toBe('ringing');
    expect(floor.call(floor.arrive(support)).phase).toBe('queued');
    expect(floor.factsOf('AgentChanged').at(-1)?.agent.state).toBe('talking');
    floor.callerHangsUp(placed);
    expect(floor.factsOf('AgentOffered')).toHaveLength(1);
  });
});

describe('feature codes', () => {
  test.each([
    [['*11'], 'ready', 'cordboard/signed-in'],
    [['*11', '*12'], 'paused', 'cordboard/paused'],
    [['*11', '*12', '*13'], 'ready', 'cordboard/ready'],
    [['*11', '*11'], 'signed-out', 'cordboard/signed-out'],
    [['*12'], 'signed-out', 'cordboard/signed-out'],
  ])('%j leaves the agent %s and says %s', (codes, presence, sound) => {
    const floor = new Floor();
    const calls = codes.map((code) => floor.arrive(code, { from: 'phone', source: '101' }));
    expect(floor.agent('ana').presence.is).toBe(presence);
    expect(floor.commandsOf(calls.at(-1) as never, 'Play')[0]?.prompts).toEqual([{ sound }]);
    expect(floor.facts.filter((fact) => 'call' in fact)).toEqual([]);
  });

  test('a phone without an agent is told so', () => {
    const floor = new Floor();
    const call = floor.arrive('*11', { from: 'phone', source: '110' });
    expect(floor.commandsOf(call, 'Play')[0]?.prompts).toEqual([{ sound: 'cordboard/not-an-agent' }]);
  });
});

describe('policy', () => {
  test('a call keeps the version it came in with; the next call takes the new one', () => {
    const floor = new Floor();
    const before = floor.arrive(support);
    floor.handle({ type: 'PolicyPublished', at: floor.now, policy: aPolicy({ version: 2 }) });
    const after = floor.arrive(support);
    expect([floor.call(before).policyVersion, floor.call(after).policyVersion]).toEqual([1, 2]);
  });

  test('after so long in line the flow goes on', () => {
    const policy = aPolicy();
    const straight = policy.flows['straight' as never] as { nodes: Record<string, object> };
    const floor = new Floor({
      ...policy,
      queues: {
        ...policy.queues,
        ['support' as QueueId]: aQueue({ maxWaitMs: 30_000, announce: { everyMs: 0, position: false, wait: false } }),
      },
      flows: {
        ...policy.flows,
        ['straight' as never]: {
          ...straight,
          start: 'support',
          nodes: {
            support: { kind: 'queue', queue: 'support', priority: 0, timeout: 'sorry' },
            sorry: { kind: 'say', sounds: ['cordboard/sorry-nobody'], next: 'end' },
            end: { kind: 'hangup' },
          },
        } as never,
      },
    });
    const call = floor.arrive(support);
    floor.timePasses(call, 30_000);
    expect(floor.factsOf('QueueLeft')).toMatchObject([{ outcome: 'overflowed', waitedMs: 30_000 }]);
    expect(floor.commandsOf(call, 'Play').at(-1)?.prompts).toEqual([{ sound: 'cordboard/sorry-nobody' }]);
    floor.signIn('ana');
    expect(floor.agent('ana').engaged).toBeUndefined();
  });
});
