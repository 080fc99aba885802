import { setTimeout as pause } from 'node:timers/promises';
import type { Side } from './floor.ts';
import { inTime } from './in-time.ts';
import { callerNumber } from './ringing.ts';
import type { OutgoingCall } from './sip-party.ts';

/** Callers who wait and are not served. */
export interface Held {
  /** They hang up, all of them. */
  release(): Promise<void>;
}

/** So many come a second. */
const perSecond = 50;

/** So many callers wait, with music, in a line that nobody answers. */
export const hold = async ({ callers, numbers }: Side, count: number): Promise<Held> => {
  const calls: OutgoingCall[] = [];
  for (let index = 0; index < count; index += 1) {
    // Others than those who are served meanwhile.
    calls.push(callers.call(numbers.hold, callerNumber(5000 + index)));
    await pause(1000 / perSecond);
  }
  await inTime('all are in line', Promise.all(calls.map(({ answered }) => answered)));
  return {
    async release() {
      for (const call of calls) call.bye();
      await inTime('those who waited have gone', Promise.all(calls.map(({ ended }) => ended)));
    },
  };
};
