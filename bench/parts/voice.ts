import { setTimeout as pause } from 'node:timers/promises';
import type { Side } from '../floor.ts';
import { inTime } from '../in-time.ts';
import { comparison, ofBothSides } from '../pairs.ts';
import type { Part } from '../part.ts';
import { callerNumber, nextInvite, restMs } from '../ringing.ts';
import { SoundPort } from '../sound-port.ts';

/** No music has it 160 times in a row, and silence is 0xd5. */
const voice = 0x2a;

/** From the agent's 200 OK until the first packet of the agent's voice is at the caller. @returns ms, one for each call */
const measureVoice = async (side: Side, calls: number): Promise<readonly number[]> => {
  const took: number[] = [];
  for (let index = 0; index < calls; index += 1) {
    const [mouth, ear] = [await SoundPort.open(side.agent.host), await SoundPort.open(side.callers.host)];
    const rung = nextInvite(side);
    const call = side.callers.call(side.numbers.answered, callerNumber(index), ear.port);
    const invite = await inTime('the agent is rung', rung);
    invite.ring();
    await inTime('the caller is answered', call.answered);
    // Rings for a moment, so that the caller's music has begun.
    await pause(100 + Math.random() * 100);
    const heard = ear.hears(voice);
    const answeredAt = performance.now();
    invite.answer(mouth.port);
    mouth.send(invite.sound, voice);
    took.push((await inTime('the caller hears the agent', heard)) - answeredAt);
    invite.bye();
    await inTime('both have hung up', Promise.all([invite.ended, call.ended]));
    for (const port of [mouth, ear]) port.close();
    await pause(restMs);
  }
  return took;
};

/** How soon after picking up the agent is heard. */
export const pickedUp: Part = {
  name: 'voice',
  seconds: ({ pairs, voices }) => pairs * voices,
  async measure({ floor, sizes: { pairs, voices } }) {
    const compared = comparison(await ofBothSides(pairs, await floor(), (side) => measureVoice(side, voices)));
    return [
      {
        what: 'agent’s 200 OK to agent’s voice at the caller',
        unit: 'ms',
        ...compared,
        aim: 'at most 2 × the median, p99 ≤ 20',
        met: compared.ratio.median <= 2 && compared.ours.p99 <= 20,
      },
    ];
  },
};
