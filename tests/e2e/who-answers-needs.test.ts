import type { Policy, QueueId } from '@cordboard/core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { DeskWatch } from '../support/desk-watch.ts';
import { type House, openHouse } from '../support/house.ts';
import { answerAt, lineUp } from '../support/line-up.ts';
import { node, queueHousePolicy } from '../support/queue-house-policy.ts';

const numbers = { french: '+33170000041', english: '+33170000042', owners: '+33170000043' } as const;
const relaxAfterMs = 1500;
const ownerFirstMs = 1500;
const team = 'team' as QueueId;

/** Ana speaks French and a little English, Ben the reverse; one queue, and what is asked depends on the caller's language. */
const housePolicy = (): Omit<Policy, 'version'> => {
  const policy = queueHousePolicy(
    {
      team: {
        number: numbers.french,
        queue: { members: ['ana', 'ben'], relax: [{ afterMs: relaxAfterMs, requires: { en: 2, fr: 2 } as never }] },
        nodes: {
          line: {
            kind: 'branch',
            cases: [{ when: { fact: 'language', is: 'equals', value: 'en' }, to: node('english') }],
            otherwise: node('french'),
          },
          english: { kind: 'queue', queue: team, priority: 0, requires: { en: 5 } },
          french: { kind: 'queue', queue: team, priority: 0, requires: { fr: 5 } },
        },
      },
      owners: { number: numbers.owners, queue: { members: ['ana', 'ben'] }, node: { ownerFirstMs } },
    },
    {
      skills: { fr: { name: 'French' }, en: { name: 'English' } } as never,
      agents: { ana: { skills: { fr: 8, en: 3 } }, ben: { skills: { fr: 3, en: 8 } } } as never,
    },
  );
  const english = { number: numbers.english, name: 'English', language: 'en', flow: team as never } as const;
  return { ...policy, numbers: [...policy.numbers, english] };
};

/** Ben's own customer. */
const lea = { name: 'Léa Bernard', owner: 'ben', numbers: ['+33639981111'] };
const { numbers: [callerNumber = ''] = [] } = lea;

let house: House;
beforeAll(async () => {
  house = await openHouse({ policy: housePolicy() });
  await house.database.customers.create(lea);
});
afterEach(() => house.clear());
afterAll(() => house.close());

describe('what the caller needs', () => {
  test('[S71] a caller in English reaches who speaks it, though another has been free for longer', async () => {
    const [ana, ben] = [await house.ready('101'), await house.ready('102')];
    const { dialled, call } = await lineUp(house, numbers.english);
    await answerAt(ben);
    await dialled.established({ withinMs: 2000 });
    expect(ana.calls).toHaveLength(0);
    const [offered] = await house.factsOf(call, 'AgentOffered');
    expect(offered?.decision.requires).toEqual({ en: 5 });
    expect(JSON.stringify(await house.why(call))).toContain('skill en 3 < 5');
    await lineUp(house, numbers.french);
    await answerAt(ana);
  });

  test('[S71] while nobody who speaks it well is free the caller waits; after a while little English will do', async () => {
    const [ana, ben] = [await house.ready('101'), await house.ready('102')];
    await lineUp(house, numbers.english);
    await answerAt(ben);
    const { call } = await lineUp(house, numbers.english);
    await house.board.shows('the second caller waits', ({ calls }) => calls.get(call)?.place === 'waiting');
    expect(ana.calls).toHaveLength(0);
    await answerAt(ana);
    const [queued] = await house.factsOf(call, 'CallQueued');
    const [relaxed] = await house.factsOf(call, 'RequirementsRelaxed');
    const [offered] = await house.factsOf(call, 'AgentOffered');
    expect(relaxed?.requires).toEqual({ en: 2 });
    expect(offered?.agent).toBe('ana');
    expect((offered?.at ?? 0) - (queued?.at ?? 0)).toBeGreaterThanOrEqual(relaxAfterMs);
    expect((offered?.at ?? 0) - (queued?.at ?? 0)).toBeLessThan(relaxAfterMs + 1000);
  });
});

describe('the customer’s own agent', () => {
  test('[S34] is rung first, though another has been free for longer, and has the customer’s card open', async () => {
    const [ana, ben] = [await house.ready('101'), await house.ready('102')];
    const desk = await DeskWatch.open(await house.person('ben'));
    const { call } = await lineUp(house, numbers.owners, { callerNumber });
    await answerAt(ben);
    const { card } = await desk.hears('open', (news) => news.call === call);
    expect(card.customer).toMatchObject({ name: lea.name, owner: 'ben' });
    expect(ana.calls).toHaveLength(0);
    desk.close();
  });

  test('[S34] who is busy for too long gives way to the team, who have the card open too', async () => {
    const [ben, desk] = [await house.ready('102'), await DeskWatch.open(await house.person('ana'))];
    await lineUp(house, numbers.owners);
    await answerAt(ben);
    const ana = await house.ready('101');
    const { call } = await lineUp(house, numbers.owners, { callerNumber });
    await answerAt(ana);
    const [queued] = await house.factsOf(call, 'CallQueued');
    const [passed] = await house.factsOf(call, 'OwnerPassed');
    const [offered] = await house.factsOf(call, 'AgentOffered');
    expect(queued?.only).toBe('ben');
    expect(passed?.agent).toBe('ben');
    expect((offered?.at ?? 0) - (queued?.at ?? 0)).toBeGreaterThanOrEqual(ownerFirstMs);
    const { card } = await desk.hears('open', (news) => news.call === call);
    expect(card.customer).toMatchObject({ name: lea.name, owner: 'ben' });
    desk.close();
  });
});
