import type { Side } from '../floor.ts';
import { hold } from '../holding.ts';
import { comparison, ofBothSides } from '../pairs.ts';
import type { Measured, Part } from '../part.ts';
import { measureFreed, measureRinging } from '../ringing.ts';

/** While others wait, with music, for somebody else. */
const ringingAmong = async (side: Side, waiting: number, calls: number): Promise<readonly number[]> => {
  const held = await hold(side, waiting);
  const took = await measureRinging(side, calls);
  await held.release();
  return took;
};

/** (a) and (b) on floors of several sizes. */
export const floorSizes: Part = {
  name: 'sizes',
  seconds: ({ floorPairs, floors, floorCalls, floorFreed }) =>
    12 +
    floorPairs *
      floors.reduce(
        (sum, [agents, waiting]) =>
          sum +
          floorCalls * 0.2 +
          waiting * 0.05 +
          (waiting === 0 ? 0 : floorFreed * 1.8 + (agents + waiting) * 0.06 + 4),
        0,
      ),
  async measure({ floor, sizes: { floorPairs, floors, floorCalls, floorFreed }, say }) {
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
        aim: 'median ≤ 6, p99 ≤ 15',
        met: freed.ours.median <= 6 && freed.ours.p99 <= 15,
      });
    }
    return rows;
  },
};
