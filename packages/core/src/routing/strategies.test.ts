import { aFlow, aPolicy, aQueue, Floor, flows, type QueueChanges } from '@cordboard/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AgentId, CallId, FlowId, QueueId } from '../ids.ts';
import { type Strategy, strategies } from '../policy/queue.ts';
import { candidatesOf } from './candidates.ts';
import { winnersOf } from './decision.ts';

const support = '+33170000011';
const english = '+33170000012';

/** Support by these rules; a second number asks for English. */
const houseWith = (
  changes: QueueChanges,
  skills: Record<string, Record<string, number>> = {},
  requires: Record<string, number> = { en: 5 },
): Floor => {
  const policy = aPolicy();
  return new Floor({
    ...policy,
    numbers: [...policy.numbers, { number: english, name: 'English', language: 'en', flow: 'english' as FlowId }],
    flows: {
      ...policy.flows,
      ...flows({ english: aFlow('q', { q: { kind: 'queue', queue: 'support' as QueueId, priority: 0, requires } }) }),
    },
    queues: { ...policy.queues, ['support' as QueueId]: aQueue({ name: 'Support', wrapUpMs: 0, ...changes }) },
    skills: { en: { name: 'English' } } as never,
    agents: Object.fromEntries(Object.entries(skills).map(([agent, levels]) => [agent, { skills: levels }])) as never,
  });
};

/** Calls one after another, each answered and ended at once: who took them. */
const served = (floor: Floor, calls: number): readonly (AgentId | undefined)[] =>
  Array.from({ length: calls }, () => {
    const call = floor.after(1000).arrive(support);
    const agent = floor.offeredTo(call);
    floor.after(1000).answers(call);
    floor.after(1000).callerHangsUp(call);
    return agent;
  });

describe('[F5] who is rung', () => {
  test('linear: always the first in the list who is free', () => {
    const floor = houseWith({ strategy: 'linear', members: ['chloe', 'ana', 'ben'] }).signIn('ana', 'ben', 'chloe');
    expect(served(floor, 3)).toEqual(['chloe', 'chloe', 'chloe']);
    floor.ask('chloe', { to: 'pause', reason: 'lunch' });
    expect(served(floor, 2)).toEqual(['ana', 'ana']);
  });

  test('round-robin: each in turn, and it goes on from where it was', () => {
    const floor = houseWith({ strategy: 'round-robin' }).signIn('ana', 'ben', 'chloe');
    expect(served(floor, 4)).toEqual(['ana', 'ben', 'chloe', 'ana']);
    expect(served(floor, 2)).toEqual(['ben', 'chloe']);
  });

  test('fewest-calls: who has taken the fewest; who comes late is not punished for yesterday', () => {
    const floor = houseWith({ strategy: 'fewest-calls' }).signIn('ana', 'ben');
    expect(served(floor, 4)).toEqual(['ana', 'ben', 'ana', 'ben']);
    floor.signIn('chloe');
    expect(served(floor, 2)).toEqual(['chloe', 'chloe']);
  });

  test('longest-idle: whose last call is longest ago', () => {
    const floor = houseWith({ strategy: 'longest-idle' }).signIn('ben', 'ana', 'chloe');
    expect(served(floor, 4)).toEqual(['ben', 'ana', 'chloe', 'ben']);
  });

  test('most-skilled: the highest level in what is asked', () => {
    const floor = houseWith(
      { strategy: 'most-skilled' },
      { ana: { en: 6, fr: 10 }, ben: { en: 9 }, chloe: { en: 5 } },
    ).signIn('ana', 'ben', 'chloe');
    expect(floor.offeredTo(floor.arrive(english))).toBe('ben');
    expect(floor.offeredTo(floor.arrive(english))).toBe('ana');
    expect(floor.offeredTo(floor.arrive(english))).toBe('chloe');
  });

  test('random: everybody gets a share, and the same day replayed gives the same', () => {
    const day = () => served(houseWith({ strategy: 'random' }).signIn('ana', 'ben', 'chloe'), 300);
    const [one, other] = [day(), day()];
    expect(one).toEqual(other);
    for (const agent of ['ana', 'ben', 'chloe']) {
      const share = one.filter((each) => each === agent).length;
      expect(share).toBeGreaterThan(60);
      expect(share).toBeLessThan(140);
    }
  });

  test('who has a lower penalty is rung first, whatever the strategy', () => {
    for (const strategy of strategies) {
      const floor = houseWith({
        strategy,
        members: [
          { agent: 'ana' as AgentId, penalty: 5 },
          { agent: 'ben' as AgentId, penalty: 0 },
        ],
      }).signIn('ana', 'ben');
      expect(floor.rungFor(floor.arrive(support))).toEqual(['ben']);
      expect(floor.rungFor(floor.arrive(support))).toEqual(['ana']);
    }
  });

  test('the next one is tried when the first lets it ring, even with linear', () => {
    const floor = houseWith({ strategy: 'linear', pauseAfterMissed: 0 }).signIn('ana', 'ben');
    const call = floor.arrive(support);
    expect(floor.offeredTo(call)).toBe('ana');
    floor.timePasses(call, 15_000);
    expect(floor.offeredTo(call)).toBe('ben');
    floor.timePasses(call, 15_000);
    expect(floor.offeredTo(call)).toBe('ana');
  });

  test('who is chosen is told with the reason for each of the others, and deciding anew gives the same', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...strategies),
        fc.array(fc.nat({ max: 3 }), { minLength: 3, maxLength: 3 }),
        fc.array(fc.constantFrom('ana', 'ben', 'chloe'), { maxLength: 6 }),
        (strategy: Strategy, penalties, order) => {
          const floor = houseWith({
            strategy,
            members: ['ana', 'ben', 'chloe'].map((agent, index) => ({
              agent: agent as AgentId,
              penalty: penalties[index] ?? 0,
            })),
          }).signIn(...new Set(order));
          for (let n = 0; n < 3; n += 1) floor.after(500).arrive(support);
          for (const { decision } of floor
            .factsOf('AgentOffered')
            .filter(({ decision: d }) => candidatesOf(d).length === 3)) {
            const chosen = candidatesOf(decision)
              .filter((each) => each.chosen)
              .map(({ agent }) => agent);
            expect(winnersOf(decision).toSorted()).toEqual(chosen.toSorted());
            expect(candidatesOf(decision).every(({ reason }) => reason.length > 0)).toBe(true);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('[F5] ring-all', () => {
  const ringAll = (changes: QueueChanges = {}): Floor =>
    houseWith({ strategy: 'ring-all', ...changes }).signIn('ana', 'ben', 'chloe');

  test('all phones ring at once, the first to answer gets the call, the others hear that it is answered elsewhere', () => {
    const floor = ringAll();
    const call = floor.arrive(support);
    expect(floor.rungFor(call)).toEqual(['ana', 'ben', 'chloe']);
    expect(floor.commandsOf(call, 'RingPhone').map(({ extension }) => extension)).toEqual(['101', '102', '103']);
    const losers = [floor.legAt(call, 'ana'), floor.legAt(call, 'chloe')];
    floor.happen(call, { type: 'LegAnswered', leg: floor.legAt(call, 'ben') });
    expect(floor.call(call)).toMatchObject({ phase: 'talking', agent: 'ben' });
    expect(floor.commandsOf(call, 'HangUp')).toEqual(
      losers.map((channel) => ({ type: 'HangUp', channel, cause: 'answered-elsewhere' })),
    );
    expect(floor.agent('ana')).toMatchObject({ presence: { is: 'ready' }, missed: 0 });
    expect(floor.agent('ana').engaged).toBeUndefined();
    expect(floor.factsOf('CallAnswered')).toHaveLength(1);
  });

  test('nobody is rung for a second caller while their phone rings for the first', () => {
    const floor = ringAll();
    floor.arrive(support);
    expect(floor.rungFor(floor.arrive(support))).toEqual([]);
  });

  test('one who refuses ends nothing; when all have refused the caller keeps the place', () => {
    const floor = ringAll();
    const first = floor.arrive(support);
    const second = floor.after(10).arrive(support);
    for (const agent of ['ana', 'ben'])
      floor.happen(first, { type: 'LegEnded', leg: floor.legAt(first, agent), cause: 'refused' });
    expect(floor.rungFor(first)).toEqual(['chloe']);
    floor.happen(first, { type: 'LegEnded', leg: floor.legAt(first, 'chloe'), cause: 'refused' });
    expect(floor.call(first)).toMatchObject({ phase: 'queued', queuedAt: floor.now - 10 });
    // Phones that refuse at once are not rung again at once.
    expect(floor.rungFor(first)).toEqual([]);
    expect(floor.exchange.agents.get('ana' as AgentId)?.retryAt).toBe(floor.now + 2000);
    floor.after(2000);
    for (const agent of ['ana', 'ben', 'chloe'])
      floor.handle({ type: 'AgentDeadlinePassed', at: floor.now, agent: agent as AgentId });
    expect(floor.offeredTo(first)).toBe('ana');
    expect(floor.call(second).phase).not.toBe('talking');
  });

  test('two who answer in the same moment: one talks, the other is let go', () => {
    const floor = ringAll();
    const call = floor.arrive(support);
    const late = floor.legAt(call, 'chloe');
    floor.happen(call, { type: 'LegAnswered', leg: floor.legAt(call, 'ana') });
    const { commands } = floor.happen(call, { type: 'LegAnswered', leg: late });
    expect(commands).toEqual([{ call, command: { type: 'HangUp', channel: late, cause: 'normal' } }]);
    expect(floor.call(call)).toMatchObject({ phase: 'talking', agent: 'ana' });
  });

  test('the caller who hangs up stops every phone', () => {
    const floor = ringAll();
    const call = floor.arrive(support);
    const legs = ['ana', 'ben', 'chloe'].map((agent) => floor.legAt(call, agent));
    floor.callerHangsUp(call);
    expect(floor.commandsOf(call, 'HangUp').map(({ channel }) => channel)).toEqual(legs);
    expect(floor.factsOf('OfferEnded').map(({ outcome }) => outcome)).toEqual(Array(3).fill('caller-left'));
  });
});

describe('[S71] skills', () => {
  const skills = { ana: { fr: 8, en: 3 }, ben: { en: 8 } };

  test('a caller who needs English gets the one who speaks it, and the reason against the other is told', () => {
    const floor = houseWith({}, skills).signIn('ana', 'ben');
    const call = floor.arrive(english);
    expect(floor.offeredTo(call)).toBe('ben');
    const [offered] = floor.factsOf('AgentOffered');
    expect(offered && candidatesOf(offered.decision)).toMatchObject([
      { agent: 'ana', chosen: false, reason: 'skill en 3 < 5' },
      { agent: 'ben', chosen: true },
      { agent: 'chloe', reason: 'signed out' },
    ]);
  });

  test('whom nobody free can serve holds up nobody behind; among those who can be served the order is kept', () => {
    const floor = houseWith({}, skills);
    const needsEnglish = floor.arrive(english);
    const [first, second] = [floor.after(10).arrive(support), floor.after(10).arrive(support)];
    floor.signIn('ana');
    expect(floor.offeredTo(first)).toBe('ana');
    expect(floor.call(needsEnglish).phase).toBe('queued');
    expect(floor.call(second).phase).toBe('queued');
    floor.signIn('ben');
    expect(floor.offeredTo(needsEnglish)).toBe('ben');
  });

  test('after a while less is asked, of those who wait already too, when the clock says so', () => {
    const floor = houseWith({ relax: [{ afterMs: 30_000, requires: { en: 3 } as never }] }, skills).signIn('ana');
    const call = floor.arrive(english);
    expect(floor.call(call)).toMatchObject({ phase: 'queued', requires: { en: 5 } });
    floor.timePasses(call, 30_000);
    expect(floor.offeredTo(call)).toBe('ana');
    expect(floor.factsOf('RequirementsRelaxed')).toMatchObject([{ requires: { en: 3 }, step: 1 }]);
  });

  test('relaxing never asks more, nor of what was not asked', () => {
    const floor = houseWith(
      {
        relax: [
          { afterMs: 10_000, requires: { en: 9, fr: 9 } as never },
          { afterMs: 20_000, requires: {} },
        ],
        announce: { everyMs: 0, position: false, wait: false },
      },
      skills,
    );
    const call = floor.arrive(english);
    floor.timePasses(call, 10_000);
    expect(floor.call(call)).toMatchObject({ requires: { en: 5 } });
    floor.timePasses(call, 10_000);
    expect(floor.call(call)).toMatchObject({ requires: {} });
    expect(floor.offeredTo(call)).toBeUndefined();
    floor.signIn('chloe');
    expect(floor.offeredTo(call)).toBe('chloe');
  });
});

describe('several queues', () => {
  const twoQueues = (weight: number): { floor: Floor; sales: () => CallId } => {
    const policy = aPolicy();
    const floor = new Floor({
      ...policy,
      numbers: [...policy.numbers, { number: '+33170000019', name: 'Sales', language: 'en', flow: 'sales' as FlowId }],
      flows: {
        ...policy.flows,
        ...flows({ sales: aFlow('q', { q: { kind: 'queue', queue: 'sales' as QueueId, priority: 0 } }) }),
      },
      queues: {
        ['support' as QueueId]: aQueue({ name: 'Support' }),
        ['sales' as QueueId]: aQueue({ name: 'Sales', weight, boostMs: 60_000 }),
      },
    });
    return { floor, sales: () => floor.arrive('+33170000019') };
  };

  test('the agent of both goes to who has waited longest', () => {
    const { floor, sales } = twoQueues(0);
    const first = floor.arrive(support);
    const second = floor.after(30_000) && sales();
    floor.signIn('ana');
    expect(floor.offeredTo(first)).toBe('ana');
    floor.signIn('ben');
    expect(floor.offeredTo(second)).toBe('ben');
  });

  test('a weight puts a queue ahead by so much and no more, and why says so', () => {
    const { floor, sales } = twoQueues(1);
    const old = floor.arrive(support);
    const recent = floor.after(70_000).arrive(support);
    const weighty = floor.after(5000) && sales();
    floor.signIn('ana');
    expect(floor.offeredTo(old)).toBe('ana');
    floor.signIn('ben');
    expect(floor.offeredTo(weighty)).toBe('ben');
    expect(floor.call(recent).phase).toBe('queued');
    expect(floor.factsOf('AgentOffered').at(-1)?.decision.rivals).toMatchObject([
      { queue: 'support', aheadMs: 0 },
      { queue: 'sales', aheadMs: 60_000 },
    ]);
  });
});
