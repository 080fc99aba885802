import { setTimeout as pause } from 'node:timers/promises';
import type { Side } from '../floor.ts';
import { inTime } from '../in-time.ts';
import { comparison, ofBothSides } from '../pairs.ts';
import type { Part } from '../part.ts';
import { callerNumber, restMs } from '../ringing.ts';
import { quantile } from '../statistics.ts';

/** From the caller's INVITE to its 200 OK, with nobody free. @returns ms, one for each call */
const measureAnswer = async ({ callers, numbers }: Side, calls: number): Promise<readonly number[]> => {
  const took: number[] = [];
  for (let index = 0; index < calls; index += 1) {
    const call = callers.call(numbers.hold, callerNumber(index));
    const { at } = await inTime('the caller is answered', call.answered);
    took.push(at - call.at);
    await pause(restMs);
    call.bye();
    await inTime('the caller has gone', call.ended);
  }
  return took;
};

/** How soon a caller is answered, and by how much later than by the dialplan's own `Answer()`. */
export const answered: Part = {
  name: 'answer',
  seconds: ({ pairs, calls }) => pairs * calls * 0.2,
  async measure({ floor, sizes: { pairs, calls } }) {
    const measured = await ofBothSides(pairs, await floor(), (side) => measureAnswer(side, calls));
    const compared = comparison(measured);
    const added = (q: number): number =>
      quantile(
        measured.map(([ours, theirs]) => quantile(ours, q) - quantile(theirs, q)),
        0.5,
      );
    return [
      { what: 'caller’s INVITE to 200 OK, beside the dialplan’s Answer()', unit: 'ms', ...compared },
      {
        what: 'of that, added to Answer(): median of the pairs’ medians',
        unit: 'ms',
        ours: added(0.5),
        aim: 'at most 1, and 5 at p99',
        met: added(0.5) <= 1 && added(0.99) <= 5,
      },
    ];
  },
};
