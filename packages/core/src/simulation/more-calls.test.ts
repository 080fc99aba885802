import { aFlow, aPolicy, aQueue, flows } from '@cordboard/testkit';
import { describe, expect, test } from 'vitest';
import type { NodeId, QueueId } from '../ids.ts';
import type { Policy } from '../policy/policy.ts';
import { DecisionBook } from './compare.ts';
import { figuresOf } from './figures.ts';
import { moreCalls } from './more-calls.ts';
import type { Day } from './recording.ts';
import { simulate } from './simulate.ts';
import { syntheticDay } from './synthetic.ts';

const support = 'support' as QueueId;
const [offer, end] = ['offer' as NodeId, 'end' as NodeId];
const agents = 12;
/** One in twenty: what many contact centres promise themselves. */
const mostAbandons = 0.05;

/** One line; who would have to wait for longer than so is offered to be called back. */
const policyOf = (expectedWaitMs: number): Policy =>
  aPolicy({
    numbers: [{ number: '+33170000011', name: 'Support', language: 'fr', flow: support as never }],
    flows: flows({
      support: aFlow('line', {
        line: { kind: 'queue', queue: support, priority: 0, tooLong: offer },
        offer: {
          kind: 'callback',
          queue: support,
          priority: 0,
          sounds: [],
          confirm: { before: [], after: [] },
          numberSounds: [],
          waitMs: 5000,
          tries: 1,
          accepted: end,
          declined: end,
        },
        end: { kind: 'hangup' },
      }),
    }),
    queues: {
      [support]: aQueue({
        name: 'Support',
        members: Array.from({ length: agents }, (_, index) => `agent-${index + 1}`),
        limits: { expectedWaitMs },
        callback: { trunks: ['out'] },
      }),
    },
  });

const nobodyIsOffered = policyOf(0);
const afterSeconds = policyOf(5000);
const day = syntheticDay(nobodyIsOffered, { calls: 1000, agents, seed: 3, occupancy: 0.38 });

const figures = (of: Day, policy: Policy, callbackShare = 0) => {
  const book = new DecisionBook();
  simulate(of, { policy, callbackShare, onFact: (fact) => book.take(fact) });
  const [line] = figuresOf(book.decisions, policy, of.opening.at);
  if (line === undefined) throw new Error('the day has no figures');
  return line.figures;
};

describe('[S70] twice as many callers as on a quiet day', () => {
  const busy = moreCalls(day, 2);

  test('are so many that more of them give up than should', () => {
    expect(figures(day, nobodyIsOffered).abandonRate).toBeLessThan(0.01);
    expect(busy.calls).toHaveLength(2 * day.calls.length);
    expect(figures(busy, nobodyIsOffered).abandonRate).toBeGreaterThan(mostAbandons);
  });

  test('are absorbed when those who would wait too long may be called back: few give up, and every promise is kept', () => {
    const absorbed = figures(busy, afterSeconds, 0.6);
    expect(absorbed.abandonRate).toBeLessThan(mostAbandons);
    expect(absorbed.callbacks).toBeGreaterThan(busy.calls.length / 10);
    expect(absorbed.calledBack).toBe(absorbed.callbacks);
  });
});

test('half as many again are half as many again, each a little after whom they are like, and the same each time', () => {
  const more = moreCalls(day, 1.5);
  expect(more).toEqual(moreCalls(day, 1.5));
  expect(more.calls.length / day.calls.length).toBeCloseTo(1.5, 1);
  const first = new Map(day.calls.map((call) => [call.id, call]));
  for (const call of more.calls.filter(({ id }) => !first.has(id))) {
    const like = first.get(call.id.replace(/-2$/, '') as typeof call.id);
    expect(call.at - (like?.at ?? 0)).toBeGreaterThanOrEqual(0);
    expect(call.at - (like?.at ?? 0)).toBeLessThan(120_000);
    expect(call.ani).not.toBe(like?.ani);
    expect(call.visits.map(({ since }) => since - call.at)).toEqual(
      like?.visits.map(({ since }) => since - (like?.at ?? 0)),
    );
  }
});
