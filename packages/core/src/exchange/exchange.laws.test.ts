import { Floor, people } from '@cordboard/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agentView } from '../agent/step.ts';
import { callDeadline } from '../call/deadline.ts';
import { callView } from '../call/view.ts';
import type { AgentId, CallId, Extension } from '../ids.ts';
import { createBoardProjection } from '../metrics/projection.ts';

/** Everything that can happen on a floor, in any order, repeated, late, or at the wrong moment. */
type Happening =
  | { do: 'arrive'; dnis: string; from: 'trunk' | 'phone'; phone: number }
  | { do: 'ask'; who: number; to: 'sign-in' | 'sign-out' | 'pause' | 'be-ready' }
  | {
      do: 'call';
      which: number;
      what: 'caller-gone' | 'leg-gone' | 'answer' | 'ring' | 'prompt' | 'late-answer' | 'ring-fails' | 'lost';
      digit: string;
    }
  | { do: 'wait'; ms: number }
  | { do: 'phone'; who: number; reachable: boolean };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('arrive' as const),
      dnis: fc.constantFrom('+33170000010', '+33170000011', '+33170000101', '102', '*11', '*12', '*13', 'nonsense', ''),
      from: fc.constantFrom('trunk' as const, 'phone' as const),
      phone: fc.nat(3),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      who: fc.nat(2),
      to: fc.constantFrom('sign-in' as const, 'sign-out' as const, 'pause' as const, 'be-ready' as const),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('call' as const),
      which: fc.nat(30),
      what: fc.constantFrom(
        'caller-gone',
        'leg-gone',
        'answer',
        'answer',
        'ring',
        'prompt',
        'prompt',
        'late-answer',
        'ring-fails',
        'lost',
      ) as fc.Arbitrary<'answer'>,
      digit: fc.constantFrom('1', '2', '9', '#'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 40_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('phone' as const), who: fc.nat(2), reachable: fc.boolean() }) },
);

const run = (happenings: readonly Happening[], check: (floor: Floor) => void): Floor => {
  const floor = new Floor();
  const known: CallId[] = [];
  const legs: { call: CallId; leg: string }[] = [];
  for (const each of happenings) {
    floor.after(1);
    if (each.do === 'arrive')
      known.push(
        floor.arrive(each.dnis, { from: each.from, source: each.from === 'phone' ? `${101 + each.phone}` : 'demo' }),
      );
    else if (each.do === 'ask')
      floor.ask(people[each.who] ?? 'ana', each.to === 'pause' ? { to: 'pause', reason: 'tea' } : { to: each.to });
    else if (each.do === 'wait') passTime(floor, each.ms);
    else if (each.do === 'phone')
      floor.handle({
        type: 'PhoneReachable',
        at: floor.now,
        extension: `${101 + each.who}` as Extension,
        reachable: each.reachable,
      });
    else if (known.length > 0) onCall(floor, known[each.which % known.length] as CallId, each, legs);
    check(floor);
  }
  return floor;
};

const onCall = (
  floor: Floor,
  id: CallId,
  { what, digit }: Extract<Happening, { do: 'call' }>,
  legs: { call: CallId; leg: string }[],
): void => {
  const call = floor.exchange.calls.get(id);
  const leg =
    call === undefined || call.phase === 'in-flow' || call.phase === 'queued' || call.phase === 'ended'
      ? undefined
      : floor.legOf(id);
  if (leg !== undefined) legs.push({ call: id, leg });
  if (what === 'late-answer') {
    const late = legs[digit.charCodeAt(0) % Math.max(1, legs.length)];
    if (late !== undefined) floor.happen(late.call, { type: 'LegAnswered', leg: late.leg as never });
    return;
  }
  if (call === undefined) return;
  if (what === 'caller-gone') floor.happen(id, { type: 'LegEnded', leg: call.caller, cause: 'hung-up' });
  else if (what === 'prompt') {
    if (digit === '#' || call.phase !== 'in-flow')
      floor.happen(id, { type: 'PlaybackEnded', playback: `${id}.p${call.made}` as never });
    else floor.presses(id, digit);
  } else if (leg === undefined) return;
  else if (what === 'leg-gone') floor.happen(id, { type: 'LegEnded', leg, cause: 'refused' });
  else if (what === 'lost') floor.happen(id, { type: 'LegEnded', leg, cause: 'lost' });
  else if (what === 'ring') floor.happen(id, { type: 'LegRinging', leg });
  else if (what === 'ring-fails') floor.happen(id, { type: 'CommandFailed', command: 'RingPhone', leg });
  else floor.happen(id, { type: 'LegAnswered', leg });
};

/** Lets time pass as the shell does: each deadline is told when it comes. */
const passTime = (floor: Floor, ms: number): void => {
  floor.after(ms);
  for (const call of [...floor.exchange.calls.values()]) {
    const due = callDeadline(call);
    if (due !== undefined && due <= floor.now && floor.exchange.calls.has(call.id))
      floor.happen(call.id, { type: 'DeadlinePassed' });
  }
  for (const agent of [...floor.exchange.agents.keys()])
    floor.handle({ type: 'AgentDeadlinePassed', at: floor.now, agent });
};

const holders = (floor: Floor, agent: string): readonly CallId[] =>
  [...floor.exchange.calls.values()].flatMap((call) => {
    const held =
      call.phase === 'offered'
        ? call.offer.legs.map((leg) => leg.agent)
        : call.phase === 'ringing'
          ? call.legs.map((leg) => leg.agent)
          : call.phase === 'talking'
            ? [call.agent]
            : [];
    return held.includes(agent as AgentId) || call.callerAgent === agent ? [call.id] : [];
  });

test('an agent is held by a call that exists and holds them, and nobody is ever offered two calls', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 120 }), (happenings) => {
      run(happenings, (floor) => {
        for (const agent of floor.exchange.agents.values()) {
          const held = holders(floor, agent.id);
          if (agent.engaged !== undefined) expect(held).toContain(agent.engaged.call);
          const offered = [...floor.exchange.calls.values()].filter(
            (call) => call.phase === 'offered' && call.offer.legs.some((leg) => leg.agent === agent.id),
          );
          expect(offered.length).toBeLessThanOrEqual(1);
        }
      });
    }),
    { numRuns: 200 },
  );
});

test('nobody waits while somebody is free for them', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 100 }), (happenings) => {
      run(happenings, (floor) => {
        const free = [...floor.exchange.agents.values()].filter(
          (agent) =>
            agent.presence.is === 'ready' &&
            agent.engaged === undefined &&
            agent.reachable &&
            agent.retryAt === undefined,
        );
        const waiting = [...floor.exchange.calls.values()].filter(({ phase }) => phase === 'queued');
        // Everyone is a member of support; only Ben of sales.
        if (free.length > 0) expect(waiting.filter((call) => 'queue' in call && call.queue === 'support')).toEqual([]);
      });
    }),
    { numRuns: 200 },
  );
});

test('the board that is folded from the facts is the floor itself', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 100 }), (happenings) => {
      const floor = run(happenings, () => undefined);
      const board = createBoardProjection();
      for (const fact of floor.facts) board.apply(fact);
      const shown = board.snapshot(floor.now);
      const views = [...floor.exchange.calls.values()].filter(({ service }) => !service).map(callView);
      expect(shown.calls.toSorted(byId)).toEqual(views.toSorted(byId));
      expect(shown.agents.toSorted(byId)).toEqual([...floor.exchange.agents.values()].map(agentView).toSorted(byId));
    }),
    { numRuns: 200 },
  );
});

test('when every caller has gone, nothing is held, nobody is engaged, and every phone that rang was let go', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 100 }), (happenings) => {
      const floor = run(happenings, () => undefined);
      for (const call of [...floor.exchange.calls.values()])
        floor.happen(call.id, { type: 'LegEnded', leg: call.caller, cause: 'hung-up' });
      expect(floor.exchange.calls.size).toBe(0);
      expect([...floor.exchange.agents.values()].filter(({ engaged }) => engaged !== undefined)).toEqual([]);
      const rung = floor.commands.flatMap(({ command }) => (command.type === 'RingPhone' ? [command.bridge] : []));
      const destroyed = new Set(
        floor.commands.flatMap(({ command }) => (command.type === 'DestroyBridge' ? [command.bridge] : [])),
      );
      expect(rung.filter((bridge) => !destroyed.has(bridge))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('the same events bring about the same, to the last letter', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
      const [one, other] = [run(happenings, () => undefined), run(happenings, () => undefined)];
      expect(one.facts).toEqual(other.facts);
      expect(one.commands).toEqual(other.commands);
    }),
    { numRuns: 50 },
  );
});

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
