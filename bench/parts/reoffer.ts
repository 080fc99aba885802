import { setTimeout as pause } from 'node:timers/promises';
import { briefRingMs, type Side } from '../floor.ts';
import { inTime } from '../in-time.ts';
import { comparison, ofBothSides } from '../pairs.ts';
import type { Measured, Part } from '../part.ts';
import { callerNumber, nextInvite, restMs } from '../ringing.ts';

/** Of two agents both must be free again: ours offer nothing for two seconds to one who has just declined. */
const untilBothFreeMs = 2100;

type Refusal = 'declines' | 'does not answer';

/**
 * From one agent's 486, or from the CANCEL after a phone has rung in vain, to the next agent's INVITE for the same caller.
 * @returns ms, one for each time
 */
const measureReoffer = async (side: Side, times: number, refusal: Refusal): Promise<readonly number[]> => {
  const took: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const rung = nextInvite(side);
    const call = side.callers.call(side.numbers.brief, callerNumber(time));
    const first = await inTime('the first agent is rung', rung);
    const next = nextInvite(side);
    first.ring();
    if (refusal === 'declines') {
      await pause(50 + Math.random() * 200);
      first.refuse(486, 'Busy Here');
    }
    const { at } = await inTime('the first agent is left', first.ended);
    const second = await inTime('the second agent is rung', next);
    took.push(second.at - at);
    second.ring();
    second.answer();
    await inTime('the caller is through', Promise.all([second.acked, call.answered]));
    second.bye();
    await inTime('both have hung up', Promise.all([second.ended, call.ended]));
    await pause(refusal === 'declines' ? untilBothFreeMs : restMs);
  }
  return took;
};

/** How soon the next agent is rung for a caller whom the first has not taken. */
export const reoffer: Part = {
  name: 'reoffer',
  seconds: ({ pairs, refused, unanswered }) =>
    10 + pairs * (refused * 5 + unanswered * (2 * (briefRingMs / 1000) + 1.6)),
  async measure({ floor, sizes: { pairs, refused, unanswered } }) {
    const both = await (await floor()).crew(10);
    const rows: Measured[] = [];
    for (const [refusal, times] of [
      ['declines', refused],
      ['does not answer', unanswered],
    ] as const) {
      const compared = comparison(await ofBothSides(pairs, both, (side) => measureReoffer(side, times, refusal)));
      rows.push({
        what: `an agent ${refusal}: until the next is rung`,
        unit: 'ms',
        ...compared,
        aim: 'p99 ≤ 10',
        met: compared.ours.p99 <= 10,
      });
    }
    return rows;
  },
};
