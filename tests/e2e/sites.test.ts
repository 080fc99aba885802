import type { SiteFigures } from '@cordboard/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type House, openHouse } from '../support/house.ts';
import { numbers } from '../support/house-policy.ts';
import { answerAt, callIn } from '../support/line-up.ts';
import { until } from '../support/until.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const worksAt = async (agent: string, extension: string, site: string | null, withinMs = 2000): Promise<void> => {
  await house.admin.ask('PUT', `/api/agents/${agent}`, { name: agent, extension, site });
  await house.board.shows(
    `${agent} at ${site ?? 'no site'}`,
    ({ agents }) => (agents.get(agent)?.site ?? null) === site,
    withinMs,
  );
};

const sites = async (): Promise<readonly SiteFigures[]> => {
  const { items } = await house.admin.ask<{ readonly items: readonly SiteFigures[] }>('GET', '/api/sites');
  return items;
};
/** The share of each site in what support has answered today. */
const answered = async (): Promise<Readonly<Record<string, number>>> =>
  Object.fromEntries(
    (await sites()).map(({ site, queues }) => [
      site ?? 'none',
      queues.find(({ queue }) => queue === ('support' as never))?.answeredToday ?? 0,
    ]),
  );
const total = (shares: Readonly<Record<string, number>>): number =>
  Object.values(shares).reduce((sum, share) => sum + share, 0);
/** What the sites have answered, once the board counts so many; fails unless both are the same. */
const sharesOf = async (count: number): Promise<Readonly<Record<string, number>>> => {
  await house.board.shows(`${count} answered`, ({ queues }) => queues.get('support')?.today.answered === count);
  const shares = await answered();
  expect(total(shares)).toBe(count);
  return shares;
};

describe('agents at two sites', () => {
  test('[S9] answer one queue, and what each site has answered sums to the queue’s total on the board', async () => {
    await worksAt('ana', '101', 'Paris');
    await worksAt('ben', '102', 'Lyon');
    const [paris, lyon] = [await house.ready('101'), await house.ready('102')];
    const first = await callIn(house, numbers.support);
    const atParis = await answerAt(paris);
    expect(await sharesOf(1)).toEqual({ Lyon: 0, Paris: 1, none: 0 });
    const second = await callIn(house, numbers.support);
    const atLyon = await answerAt(lyon);
    expect(await sharesOf(2)).toEqual({ Lyon: 1, Paris: 1, none: 0 });
    const talking = await until('one talks at each site', async () => {
      const items = await sites();
      return items.filter(({ agents }) => agents.talking === 1).length === 2 && items;
    });
    expect(talking.map(({ site }) => site)).toEqual(['Lyon', 'Paris', null]);
    await first.dialled.hangUp();
    await atParis.ended({ withinMs: 3000 });
    await house.board.shows('ana free again', ({ agents }) => agents.get('ana')?.state === 'ready');
    const third = await callIn(house, numbers.support);
    const again = await answerAt(paris);
    expect(await sharesOf(3)).toEqual({ Lyon: 1, Paris: 2, none: 0 });
    await second.dialled.hangUp();
    await third.dialled.hangUp();
    await atLyon.ended({ withinMs: 3000 });
    await again.ended({ withinMs: 3000 });
  });

  test('[S9] an agent who moves counts at the new site within 2 s; what they answered stays with the old one', async () => {
    const before = await answered();
    await worksAt('ana', '101', 'Lyon');
    expect(await answered()).toEqual({ ...before, Paris: 2 });
    await house.ask('ben', { to: 'sign-out' });
    const { dialled } = await callIn(house, numbers.support);
    const ringing = await answerAt(house.phoneAt('101'));
    expect(await sharesOf(4)).toEqual({ Lyon: 2, Paris: 2, none: 0 });
    await dialled.hangUp();
    await ringing.ended({ withinMs: 3000 });
    await worksAt('ana', '101', null);
    expect(await answered()).toEqual({ Lyon: 2, Paris: 2, none: 0 });
  });
});
