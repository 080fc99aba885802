import { aFlow, aPolicy, Floor } from '@cordboard/testkit';
import fc from 'fast-check';
import { test } from 'vitest';
import type { CallId, FlowId, NodeId } from '../ids.ts';
import type { AdmissionTreatment } from '../policy/admission.ts';

/** What may happen at the door, in any order. */
type Happening =
  | { do: 'arrive'; dnis: string; phone: number | null }
  | { do: 'gone' | 'prompt' | 'answer'; which: number }
  | { do: 'strain'; lagMs: number };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('arrive' as const),
      dnis: fc.constantFrom('+33170000011', '+33170000011', '+33170000010', '102', '*11'),
      phone: fc.constantFrom(null, null, null, 0, 1, 2),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('gone' as const, 'gone' as const, 'prompt' as const, 'answer' as const),
      which: fc.nat(20),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('strain' as const), lagMs: fc.constantFrom(0, 150, 195, 900) }) },
);

const treatment: fc.Arbitrary<AdmissionTreatment> = fc.oneof(
  fc.record({ is: fc.constant('busy' as const), elsewhere: fc.boolean() }),
  fc.record({
    is: fc.constant('message' as const),
    sounds: fc.constant(['cordboard/call-back-later']),
    atOnce: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    is: fc.constant('overflow' as const),
    flow: fc.constant('elsewhere' as FlowId),
    atOnce: fc.integer({ min: 1, max: 3 }),
  }),
);

const { flows } = aPolicy();
const elsewhere = aFlow('sorry', {
  sorry: { kind: 'say', sounds: ['cordboard/sorry-nobody'], next: 'end' as NodeId },
  end: { kind: 'hangup' },
});

const whole = fc.record({
  mostCalls: fc.integer({ min: 1, max: 5 }),
  treatment,
  happenings: fc.array(happening, { maxLength: 80 }),
});

test('no caller from outside is let in beyond the limits, who is in stays in, and whoever is turned away comes to an end', () => {
  fc.assert(
    fc.property(whole, ({ mostCalls, treatment: met, happenings }) => {
      const floor = new Floor(
        aPolicy({
          admission: { mostCalls, mostLagMs: 200, treatment: met },
          flows: { ...flows, ['elsewhere' as FlowId]: elsewhere },
        }),
      ).signIn('ana', 'ben');
      for (const each of happenings) step(floor, each, mostCalls);
      everyoneTurnedAwayEnds(floor);
    }),
    { numRuns: 300 },
  );
});

const step = (floor: Floor, each: Happening, mostCalls: number): void => {
  const calls = [...floor.exchange.calls.values()];
  floor.after(700);
  switch (each.do) {
    case 'arrive':
      arrive(floor, each, mostCalls);
      return;
    case 'strain':
      floor.handle({ type: 'StrainReported', at: floor.now, strain: { lagMs: each.lagMs } });
      must(floor.exchange.calls.size === calls.length, 'a strain has ended a call');
      return;
    case 'gone':
    case 'prompt':
    case 'answer': {
      const call = calls[each.which % Math.max(1, calls.length)];
      if (call === undefined) return;
      if (each.do === 'gone') floor.callerHangsUp(call.id);
      else if (each.do === 'answer' && call.phase === 'offered') floor.answers(call.id);
      else if (floor.commandsOf(call.id, 'Play').length > 0) floor.promptEnds(call.id);
    }
  }
};

const arrive = (floor: Floor, { dnis, phone }: Extract<Happening, { do: 'arrive' }>, mostCalls: number): void => {
  const before = floor.exchange.calls;
  const underWay = [...before.keys()];
  const counted = [...before.values()].filter(({ beyondLimit, service }) => beyondLimit !== true && !service).length;
  const call = floor.arrive(
    dnis,
    phone === null ? {} : { from: 'phone', source: `${101 + phone}`, ani: `${101 + phone}` },
  );
  const isIn = floor.exchange.calls.get(call);
  for (const id of underWay) must(floor.exchange.calls.has(id), 'a call under way was ended by another’s arrival');
  if (phone === null && isIn !== undefined && isIn.beyondLimit !== true)
    must(counted < mostCalls, `let in with ${counted} of ${mostCalls} under way`);
  if (isTurnedAway(floor, call)) mustHoldNothing(floor, call);
};

const isTurnedAway = (floor: Floor, call: CallId): boolean =>
  floor.factsOf('CallTurnedAway').some((fact) => fact.call === call);

/** No agent, no bridge, no leg: nothing but the caller’s own channel, for as long as something is said. */
const mustHoldNothing = (floor: Floor, call: CallId): void => {
  for (const { engaged } of floor.exchange.agents.values()) must(engaged?.call !== call, 'an agent is held');
  for (const { call: id, command } of floor.commands)
    must(id !== call || !('bridge' in command || 'leg' in command), `${command.type} for a call turned away`);
};

/** Prompts end, sooner or later; then nobody who was turned away is there any more, and each has one record. */
const everyoneTurnedAwayEnds = (floor: Floor): void => {
  for (const { call } of floor.factsOf('CallTurnedAway')) {
    if (floor.exchange.calls.has(call)) floor.promptEnds(call);
    must(!floor.exchange.calls.has(call), 'turned away, and still there');
    must(floor.factsOf('CallEnded').filter((fact) => fact.call === call).length === 1, 'not ended once');
  }
};

const must = (holds: boolean, otherwise: string): void => {
  if (!holds) throw new Error(otherwise);
};
