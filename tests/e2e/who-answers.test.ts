import { candidatesOf, type Levels, type Strategy } from '@cordboard/core';
import { header, type Phone } from '@cordboard/sip-lab';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
import { agentAt } from '../support/house-people.ts';
import { answerAt, callIn, type OnTheLine } from '../support/line-up.ts';
import { type HouseLine, queueHousePolicy } from '../support/queue-house-policy.ts';
import { until } from '../support/until.ts';

const numberOf = {
  'ring-all': '+33170000031',
  'longest-idle': '+33170000032',
  'fewest-calls': '+33170000033',
  'round-robin': '+33170000034',
  linear: '+33170000035',
  random: '+33170000036',
  'most-skilled': '+33170000037',
} as const satisfies Record<Strategy, string>;

/** One queue for each strategy, each with the same three agents in the same order; their English differs. */
const lines = Object.fromEntries(
  Object.entries(numberOf).map(([strategy, number]): [string, HouseLine] => [
    strategy,
    {
      number,
      queue: {
        strategy: strategy as Strategy,
        members: ['ana', 'ben', 'chloe'],
        ...(strategy === 'most-skilled' ? { requires: { en: 1 } as Levels } : {}),
      },
    },
  ]),
);
const policy = queueHousePolicy(lines, {
  skills: { en: { name: 'English' } } as never,
  agents: { ana: { skills: { en: 3 } }, ben: { skills: { en: 9 } }, chloe: { skills: { en: 6 } } } as never,
});

let house: House;
beforeAll(async () => {
  house = await openHouse({ policy });
});
afterEach(() => house.clear());
afterAll(() => house.close());

const extensionOf = (agent: string): string => {
  const found = Object.entries(agentAt).find(([, id]) => id === agent);
  if (found === undefined) throw new Error(`nobody is called ${agent}`);
  return found[0];
};

/** Somebody calls; the phone that the exchange has chosen is the one that rings, and its agent answers. */
const served = async (strategy: Strategy): Promise<{ agent: string; line: OnTheLine }> => {
  const line = await callIn(house, numberOf[strategy]);
  const [offered] = await house.factsOf(line.call, 'AgentOffered');
  if (offered === undefined) throw new Error('no offer');
  await answerAt(house.phoneAt(extensionOf(offered.agent)));
  return { agent: offered.agent, line };
};

/** So many callers, one after another, each gone before the next calls. @returns who answered. */
const oneAfterAnother = async (strategy: Strategy, calls: number): Promise<readonly string[]> => {
  const agents: string[] = [];
  for (let call = 0; call < calls; call += 1) {
    const { agent, line } = await served(strategy);
    agents.push(agent);
    await line.dialled.hangUp();
    await house.board.shows(`${agent} free`, (board) => board.agents.get(agent as never)?.state === 'ready');
  }
  return agents;
};

/** So many callers who all stay. @returns who answered. */
const allAtOnce = async (strategy: Strategy, calls: number): Promise<readonly string[]> => {
  const agents: string[] = [];
  for (let call = 0; call < calls; call += 1) agents.push((await served(strategy)).agent);
  return agents;
};

describe('who is rung', () => {
  test('[F5] ring-all: every free phone rings, the first to answer has the caller, the others are told "answered elsewhere"', async () => {
    const phones = [await house.ready('101'), await house.ready('102'), await house.ready('103')] as const;
    const { dialled } = await callIn(house, numberOf['ring-all']);
    const ringing = await Promise.all(phones.map((phone) => phone.nextIncoming({ withinMs: 5000 })));
    await ringing[1]?.answer();
    await dialled.established({ withinMs: 3000 });
    for (const phone of [phones[0], phones[2]]) expect(await reasonOfCancel(phone)).toMatch(/answered|completed/i);
    await ringing[0]?.ended({ withinMs: 2000 });
    await ringing[2]?.ended({ withinMs: 2000 });
    await house.board.shows(
      'Ben talking, the others free',
      ({ agents }) => ['ana', 'ben', 'chloe'].map((id) => agents.get(id)?.state).join() === 'ready,talking,ready',
    );
  });

  test('[F5] longest-idle: whoever has been without a call for longest, in whatever order the list has them', async () => {
    for (const extension of ['103', '101', '102']) await house.ready(extension);
    expect(await oneAfterAnother('longest-idle', 4)).toEqual(['chloe', 'ana', 'ben', 'chloe']);
  });

  test('[F5] fewest-calls: whoever has taken the fewest of this queue, though they have just come back', async () => {
    for (const extension of ['101', '102', '103']) await house.ready(extension);
    await house.ask('chloe', { to: 'pause', reason: 'training' });
    expect(await oneAfterAnother('fewest-calls', 4)).toEqual(['ana', 'ben', 'ana', 'ben']);
    await house.ask('chloe', { to: 'be-ready' });
    expect(await oneAfterAnother('fewest-calls', 2)).toEqual(['chloe', 'chloe']);
  });

  test('[F5] round-robin: one after another in the order of the list, and on from where it was', async () => {
    for (const extension of ['103', '102', '101']) await house.ready(extension);
    expect(await oneAfterAnother('round-robin', 4)).toEqual(['ana', 'ben', 'chloe', 'ana']);
  });

  test('[F5] linear: always the first of the list; the next one only while the first is busy', async () => {
    for (const extension of ['103', '102', '101']) await house.ready(extension);
    expect(await oneAfterAnother('linear', 2)).toEqual(['ana', 'ana']);
    expect(await allAtOnce('linear', 3)).toEqual(['ana', 'ben', 'chloe']);
  });

  test('[F5] random: the dice decide for each call anew, and what they showed is told', async () => {
    for (const extension of ['101', '102', '103']) await house.ready(extension);
    const agents = await oneAfterAnother('random', 8);
    expect(new Set(agents).size, agents.join()).toBeGreaterThan(1);
    const offers = house
      .allFacts()
      .flatMap((fact) => (fact.type === 'AgentOffered' && fact.queue === ('random' as never) ? [fact] : []));
    for (const { agent, decision } of offers) {
      const thrown = candidatesOf(decision).map((candidate) => ({
        id: candidate.agent,
        dice: candidate.score?.[2] ?? 0,
      }));
      expect(thrown.toSorted((a, b) => a.dice - b.dice)[0]?.id).toBe(agent);
    }
  });

  test('[F5] most-skilled: the best in what is asked for, then the second best, then the last', async () => {
    for (const extension of ['101', '102', '103']) await house.ready(extension);
    expect(await allAtOnce('most-skilled', 3)).toEqual(['ben', 'chloe', 'ana']);
  });
});

/** Why a phone that rang was told to stop: RFC 3326. */
const reasonOfCancel = async (phone: Phone): Promise<string> => {
  const { message } = await until(`the phone ${phone.extension} is told to stop`, () =>
    phone.messages.all.find(({ type, message: { method } }) => type === 'received' && method === 'CANCEL'),
  );
  return header(message, 'reason') ?? '';
};
