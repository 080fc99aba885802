import type { Side } from '../floor.ts';
import { hold } from '../holding.ts';
import { comparison, ofBothSides } from '../pairs.ts';
import type { Measured, Part } from '../part.ts';
import { measureFreed, measureRinging } from '../ringing.ts';
import { type Summary, summary } from '../statistics.ts';

/** While others wait, with music, for somebody else. */
const ringingAmong = async (side: Side, waiting: number, calls: number): Promise<readonly number[]> => {
  const held = await hold(side, waiting);
  const took = await measureRinging(side, calls);
  await held.release();
  return took;
};

const aimFor = ({ median, p99 }: Summary): Pick<Measured, 'aim' | 'met'> => ({
  aim: 'median ≤ 6, p99 ≤ 15',
  met: median <= 6 && p99 <= 15,
});

/** (a) and (b) on floors of several sizes. */
export const floorSizes: Part = {
  name: 'sizes',
  seconds: ({ floorPairs, floors, stillFloors, floorCalls, floorFreed }) => {
    const sum = (of: typeof floors, each: (agents: number, waiting: number) => number): number =>
      of.reduce((seconds, [agents, waiting]) => seconds + each(agents, waiting), 0);
    const both = (agents: number, waiting: number): number =>
      floorCalls * 0.2 + waiting * 0.05 + (waiting === 0 ? 0 : floorFreed * 1.8 + (agents + waiting) * 0.06 + 4);
    const still = (agents: number, waiting: number): number => floorFreed * 0.8 + (agents + waiting) * 0.03 + 2;
    return 12 + floorPairs * (sum(floors, both) + sum(stillFloors, still));
  },
  async measure({ floor, sizes: { floorPairs, floors, stillFloors, floorCalls, floorFreed }, say }) {
    const rows: Measured[] = [];
    for (const [agents, waiting] of floors) {
      say(`${agents} agents, ${waiting} waiting`);
      const both = await (await floor()).crew(agents);
      rows.push({
        what: `a: INVITE to INVITE, ${agents} agents, ${waiting} waiting`,
        unit: 'ms',
        ...comparison(await ofBothSides(floorPairs, both, (side) => ringingAmong(side, waiting, floorCalls))),
      });
      if (waiting === 0) continue;
      const freed = comparison(
        await ofBothSides(floorPairs, both, (side) => measureFreed(side, { agents, waiting, times: floorFreed })),
      );
      rows.push({
        what: `b: freed to ringing, ${agents} agents, ${waiting} waiting`,
        unit: 'ms',
        ...freed,
        ...aimFor(freed.ours),
      });
    }
    for (const [agents, waiting] of stillFloors) {
      say(`${agents} agents, ${waiting} waiting without music`);
      const side = await (await floor()).stillCrew(agents);
      const took: number[] = [];
      for (let pair = 0; pair < floorPairs; pair += 1)
        took.push(...(await measureFreed(side, { agents, waiting, times: floorFreed })));
      const ours = summary(took);
      rows.push({
        what: `b: freed to ringing, ${agents} agents, ${waiting} waiting without music`,
        unit: 'ms',
        ours,
        ...aimFor(ours),
      });
    }
    return rows;
  },
};
