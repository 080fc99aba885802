import { aPolicy, aQueue, Floor } from '@cordboard/testkit';
import { describe, expect, test } from 'vitest';
import type { AgentId, CallId, QueueId } from '../ids.ts';
import type { Policy } from '../policy/policy.ts';
import { DecisionBook, type Decisions } from './compare.ts';
import { figuresOf } from './figures.ts';
import { DayRecorder } from './record-day.ts';
import type { Day } from './recording.ts';
import { simulate } from './simulate.ts';
import { syntheticDay } from './synthetic.ts';
import { withoutPersons } from './without-persons.ts';

const support = '+33170000011';
const supportQueue = 'support' as QueueId;

const dayOf = (floor: Floor, policy: Policy): Day => {
  const recorder = new DayRecorder(() => policy);
  for (const fact of floor.facts) recorder.take(fact);
  return recorder.day();
};

const simulated = (day: Day, policy?: Policy): Decisions => {
  const book = new DecisionBook();
  simulate(day, { ...(policy === undefined ? {} : { policy }), onFact: (fact) => book.take(fact) });
  return book.decisions;
};

const answeredBy = (decisions: Decisions, call: CallId): AgentId | null | undefined => {
  const answered = decisions.get(call)?.find((each) => each.is === 'answered');
  return answered?.is === 'answered' ? answered.agent : undefined;
};
const leftAfter = (decisions: Decisions, call: CallId) => {
  const left = decisions.get(call)?.findLast((each) => each.is === 'left');
  return left?.is === 'left' ? [left.outcome, left.waitedMs] : undefined;
};

const withMembers = (...members: readonly string[]): Policy => {
  const policy = aPolicy();
  return { ...policy, queues: { ...policy.queues, [supportQueue]: aQueue({ name: 'Support', members, wrapUpMs: 0 }) } };
};

describe('[F14] by another policy', () => {
  /** Ana alone answers for support. The first caller talks for a minute, the second gives up, the third waits for Ana. */
  const aDay = () => {
    const policy = withMembers('ana');
    const floor = new Floor(policy).signIn('ana', 'ben');
    const first = floor.after(1000).arrive(support);
    floor.after(3000).answers(first);
    const second = floor.after(1000).arrive(support);
    const third = floor.after(1000).arrive(support);
    floor.after(30_000).callerHangsUp(second);
    floor.after(30_000).callerHangsUp(first);
    floor.after(2000).answers(third);
    floor.after(20_000).legEnds(third, 'hung-up');
    return { day: dayOf(floor, policy), first, second, third };
  };

  test('another agent answers who was not asked that day, as soon as agents usually do, and others wait less', () => {
    const { day, first, second, third } = aDay();
    const decisions = simulated(day, withMembers('ana', 'ben'));
    expect(answeredBy(decisions, first)).toBe('ana');
    expect(answeredBy(decisions, second)).toBe('ben');
    // Ana’s two answers took 3 s and 2 s.
    expect(leftAfter(decisions, second)).toEqual(['answered', 3000]);
    expect(leftAfter(simulated(day), second)).toEqual(['abandoned', 31_000]);
    const [outcome, waited] = leftAfter(decisions, third) ?? [];
    expect(outcome).toBe('answered');
    expect(waited).toBeLessThan(Number(leftAfter(simulated(day), third)?.[1]));
  });

  test('who gave up gives up after the same wait; who did not, later than that day and not never', () => {
    const { day, first, second, third } = aDay();
    const decisions = simulated(day, withMembers('chloe'));
    expect(leftAfter(decisions, second)).toEqual(['abandoned', 31_000]);
    expect(leftAfter(decisions, first)).toEqual(['abandoned', 3000 + 31_000]);
    const [outcome, waited] = leftAfter(decisions, third) ?? [];
    expect(outcome).toBe('abandoned');
    expect(waited).toBeGreaterThan(60_000);
  });

  test('the figures are the board’s own', () => {
    const { day } = aDay();
    const policy = withMembers('ana', 'ben');
    const [before, after] = [simulated(day), simulated(day, policy)].map(
      (decisions) => figuresOf(decisions, policy, day.opening.at).find(({ queue }) => queue === supportQueue)?.figures,
    );
    expect(before).toMatchObject({ offered: 3, answered: 2, serviceLevel: 1 / 3, abandonRate: 1 / 3 });
    expect(after).toMatchObject({ offered: 3, answered: 3, abandoned: 0, abandonRate: 0 });
  });
});

test('[F14] a day written down names nobody, and decides the same', () => {
  const policy = aPolicy();
  const floor = new Floor(policy).signIn('ana');
  const call = floor.arrive(support, { ani: '+33612349876', aniName: 'Zoë Martin' });
  const other = floor.after(1).arrive(support, { ani: '06 12 34 98 76' });
  floor.happen(call, {
    type: 'CallerIdentified',
    customer: { id: '7', name: 'Zoë Martin', company: 'Martin SARL', segment: 'vip', notes: 'owes us' },
    tookMs: 1,
  });
  floor.after(1000).answers(call);
  floor.after(1000).callerHangsUp(call);
  const day = withoutPersons(dayOf(floor, policy));
  expect(JSON.stringify(day)).not.toMatch(/Zoë|Martin|owes|12349876|98 76/);
  const numbers = day.calls.map(({ ani }) => ani.replaceAll(/\D/g, '').slice(-9));
  expect(new Set(numbers).size).toBe(1);
  expect(day.calls.find(({ id }) => id === other)?.ani).toMatch(/^061234/);
  expect(simulated(day).get(call)).toHaveLength(day.calls[0]?.decided.length ?? 0);
});

test('[F14] an invented day is the same for the same seed, and decides the same when it is replayed', () => {
  const policy = withMembers('agent-1', 'agent-2', 'agent-3');
  const options = { calls: 200, agents: 3, seed: 7 };
  const [one, same] = [syntheticDay(policy, options), syntheticDay(policy, options)];
  expect(one).toEqual(same);
  expect(one.calls).toHaveLength(200);
  for (const [id, decided] of simulated(one))
    expect(decided.map(({ at, is }) => [at, is])).toEqual(
      one.calls.find((call) => call.id === id)?.decided.map(({ at, is }) => [at, is]),
    );
});
