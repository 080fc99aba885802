import { comparison, ofBothSides } from '../pairs.ts';
import type { Part } from '../part.ts';
import { measureRinging } from '../ringing.ts';

/** (a) How soon an idle agent is rung. */
export const ringing: Part = {
  name: 'ringing',
  seconds: ({ pairs, calls }) => pairs * calls * 0.2,
  async measure({ floor, sizes }) {
    const compared = comparison(
      await ofBothSides(sizes.pairs, await floor(), (side) => measureRinging(side, sizes.calls)),
    );
    return [
      {
        what: 'a: caller’s INVITE to agent’s INVITE, agent idle',
        unit: 'ms',
        ...compared,
        aim: 'at most 1.5 × the median',
        met: compared.ratio.median <= 1.5,
      },
    ];
  },
};
