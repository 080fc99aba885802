import { comparison, ofBothSides } from '../pairs.ts';
import type { Part } from '../part.ts';
import { measureFreed } from '../ringing.ts';

/** (b) How soon an agent who comes free is rung for the next caller. */
export const freed: Part = {
  name: 'freed',
  seconds: ({ pairs, freed: times, waiting }) => pairs * (times * 1.8 + waiting * 0.08 + 4),
  async measure({ floor, sizes: { pairs, waiting, freed: times } }) {
    const compared = comparison(
      await ofBothSides(pairs, await floor(), (side) => measureFreed(side, { agents: 1, waiting, times })),
    );
    return [
      {
        what: `b: agent freed to next caller ringing, ${waiting} waiting`,
        unit: 'ms',
        ...compared,
        aim: 'median ≤ 6, p99 ≤ 15',
        met: compared.ours.median <= 6 && compared.ours.p99 <= 15,
      },
    ];
  },
};
