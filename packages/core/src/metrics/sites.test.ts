import { aDirectory, aPolicy, Floor } from '@cordboard/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Directory } from '../exchange/event.ts';
import { createBoardProjection } from './projection.ts';
import type { SiteFigures } from './sites.ts';
import type { StateCounts } from './state-counts.ts';

const support = '+33170000011';

/** Who works where; agents who are not named work at no site. */
const workingAt = (sites: Readonly<Record<string, string>>): Directory => {
  const { agents, phones } = aDirectory();
  return {
    phones,
    agents: agents.map((agent) => {
      const site = sites[agent.id];
      return site === undefined ? agent : { ...agent, site };
    }),
  };
};
const floorAt = (sites: Readonly<Record<string, string>>): Floor => new Floor(aPolicy(), workingAt(sites));
const moveTo = (floor: Floor, sites: Readonly<Record<string, string>>): void => {
  floor.handle({ type: 'DirectoryChanged', at: floor.now, directory: workingAt(sites) });
};
/** A caller comes, the agent whose phone rings answers, the caller leaves after a minute, and the agent is ready again. */
const talk = (floor: Floor): void => {
  const call = floor.after(60_000).arrive(support);
  const agent = floor.offeredTo(call) ?? '';
  floor.answers(call);
  floor.after(60_000).callerHangsUp(call);
  floor.ask(agent, { to: 'be-ready' });
};
const sitesOf = (floor: Floor): readonly SiteFigures[] => floor.board.sites(floor.now);
const answeredAt = (floor: Floor): object =>
  Object.fromEntries(
    sitesOf(floor).map(({ site, queues }) => [
      site ?? 'none',
      queues.find(({ queue }) => queue === ('support' as never))?.answeredToday,
    ]),
  );

describe('the figures of a site', () => {
  test('are what its own agents do and have answered', () => {
    const floor = floorAt({ ana: 'Paris', ben: 'Lyon' }).signIn('ana');
    talk(floor);
    floor.after(60_000).signIn('ben');
    floor.ask('ana', { to: 'pause', reason: 'lunch' });
    talk(floor);
    expect(answeredAt(floor)).toEqual({ Lyon: 1, Paris: 1, none: 0 });
    expect(sitesOf(floor).map(({ site }) => site)).toEqual(['Lyon', 'Paris', null]);
    expect(sitesOf(floor)[1]).toMatchObject({ agents: { paused: 1 }, queues: [{}, {}] });
  });

  test('keep what an agent answered there who has moved to another since', () => {
    const floor = floorAt({ ana: 'Paris' }).signIn('ana');
    talk(floor);
    moveTo(floor, { ana: 'Lyon' });
    talk(floor);
    talk(floor);
    expect(answeredAt(floor)).toEqual({ Lyon: 2, Paris: 1, none: 0 });
    moveTo(floor, {});
    expect(floor.agent('ana').site).toBeUndefined();
    talk(floor);
    expect(answeredAt(floor)).toEqual({ Lyon: 2, Paris: 1, none: 1 });
  });

  test('count who waits where a phone rings for them, and at no site while none does', () => {
    const floor = floorAt({ ana: 'Paris', ben: 'Lyon' }).signIn('ben');
    for (let caller = 0; caller < 3; caller += 1) floor.after(10).arrive(support);
    const waiting = sitesOf(floor).map(({ site, queues }) => [site, queues[0]?.waiting]);
    expect(waiting).toEqual([
      ['Lyon', 1],
      ['Paris', 0],
      [null, 2],
    ]);
  });

  test('begin with nothing on a new day', () => {
    const floor = floorAt({ ana: 'Paris' }).signIn('ana');
    talk(floor);
    expect(answeredAt(floor.after(86_400_000))).toEqual({ Paris: 0, none: 0 });
  });

  test('stay the same while an agent talks and their site is changed: they go on talking', () => {
    const floor = floorAt({ ana: 'Paris' }).signIn('ana');
    const call = floor.arrive(support);
    floor.answers(call);
    moveTo(floor, { ana: 'Lyon' });
    expect(floor.call(call).phase).toBe('talking');
    expect(answeredAt(floor)).toEqual({ Lyon: 0, Paris: 1, none: 0 });
    expect(sitesOf(floor).find(({ site }) => site === 'Lyon')?.agents.talking).toBe(1);
  });
});

type Happening =
  | { readonly do: 'arrive' | 'answer' | 'hang-up'; readonly which: number }
  | { readonly do: 'ask'; readonly who: number; readonly to: 'sign-in' | 'sign-out' | 'be-ready' }
  | { readonly do: 'move'; readonly who: number; readonly site: string | undefined }
  | { readonly do: 'wait'; readonly ms: number };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'arrive' as const,
        'arrive' as const,
        'answer' as const,
        'answer' as const,
        'hang-up' as const,
      ),
      which: fc.nat(20),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      who: fc.nat(2),
      to: fc.constantFrom('sign-in' as const, 'sign-in' as const, 'sign-out' as const, 'be-ready' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('move' as const),
      who: fc.nat(2),
      site: fc.constantFrom('Paris', 'Lyon', undefined),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(10, 30_000, 40_000_000) }),
  },
);

const names = ['ana', 'ben', 'chloe'] as const;

const live = (floor: Floor, happenings: readonly Happening[]): void => {
  const sites: Record<string, string> = {};
  for (const each of happenings) {
    const name = 'who' in each ? (names[each.who] ?? 'ana') : 'ana';
    if (each.do === 'arrive') floor.after(1).arrive(each.which % 3 === 0 ? '+33170000010' : support);
    else if (each.do === 'ask') floor.ask(name, { to: each.to });
    else if (each.do === 'wait') floor.after(each.ms);
    else if (each.do === 'move') {
      if (each.site === undefined) delete sites[name];
      else sites[name] = each.site;
      moveTo(floor, sites);
    } else act(floor, each);
  }
};

const act = (floor: Floor, { do: what, which }: Extract<Happening, { readonly which: number }>): void => {
  const calls = [...floor.exchange.calls.values()];
  const call = calls[which % Math.max(1, calls.length)];
  if (call === undefined) return;
  if (what === 'hang-up') floor.callerHangsUp(call.id);
  else if (call.phase === 'offered') floor.answers(call.id);
};

const sum = (counts: readonly StateCounts[]): StateCounts =>
  counts.reduce((a, b) => ({
    ready: a.ready + b.ready,
    offered: a.offered + b.offered,
    talking: a.talking + b.talking,
    wrapUp: a.wrapUp + b.wrapUp,
    paused: a.paused + b.paused,
    signedOut: a.signedOut + b.signedOut,
  }));
const total = (figures: readonly number[]): number => figures.reduce((a, b) => a + b, 0);

test('whatever happens, and wherever agents move, the figures of the sites sum to those of each queue', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
      const floor = floorAt({});
      live(floor, happenings);
      const board = createBoardProjection();
      for (const fact of floor.facts) {
        board.apply(fact);
        const sites = board.sites(fact.at);
        for (const { id, members, today, waiting } of board.snapshot(fact.at).queues) {
          const shares = sites.flatMap(({ queues }) => queues.filter(({ queue }) => queue === id));
          expect(total(shares.map(({ answeredToday }) => answeredToday))).toBe(today.answered);
          expect(total(shares.map(({ answeredWithinToday }) => answeredWithinToday))).toBe(today.answeredWithin);
          expect(total(shares.map((share) => share.waiting))).toBe(waiting);
          expect(sum(shares.map((share) => share.members))).toEqual(members);
        }
      }
    }),
    { numRuns: 100 },
  );
});
