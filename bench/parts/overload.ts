import { setTimeout as pause } from 'node:timers/promises';
import type { Floor, Side } from '../floor.ts';
import { inTime } from '../in-time.ts';
import { LagWatch } from '../lag-watch.ts';
import { leftOver } from '../left-over.ts';
import { load } from '../load.ts';
import type { Measured, Part } from '../part.ts';
import { processorBetween, processorOf } from '../processor.ts';
import { callerNumber } from '../ringing.ts';
import type { IncomingInvite, OutgoingCall } from '../sip-party.ts';
import { quantile, summary } from '../statistics.ts';
import { kneeIn } from './knee.ts';

const agents = 200;
const talkMs = 500;
/** When no knee has been found yet, calls a second. */
const likelyKnee = 90;
/** Whoever is let in is served as at any time; who is not is told soon. */
const servedWithinMs = 300;
const refusedWithinMs = 1000;
const recoveredWithinMs = 5000;
/** After that it has not recovered. Nobody sends sound, and Asterisk takes who sends none for 30 s for gone. */
const longestRecoveryMs = 10_000;
const triedEveryMs = 200;
const emptyWithinMs = 10_000;
const lookEveryMs = 100;
/** Numbers of callers beside those of the load. */
const talkersFrom = 9000;
const triersFrom = 9500;

/** Calls that stay. */
interface Talks {
  /** How many have ended, though nobody hung up. */
  readonly dropped: number;
  end(): Promise<void>;
}

const talks = async (side: Side, count: number): Promise<Talks> => {
  const atAgents: IncomingInvite[] = [];
  const calls: OutgoingCall[] = [];
  let dropped = 0;
  side.agent.onInvite = (invite) => {
    atAgents.push(invite);
    invite.ring();
    invite.answer();
  };
  for (let index = 0; index < count; index += 1) {
    calls.push(side.callers.call(side.numbers.quick, callerNumber(talkersFrom + index)));
    await pause(50);
  }
  await inTime('all are through', Promise.all(calls.map(({ answered }) => answered)));
  await inTime('all talk', Promise.all(atAgents.map(({ acked }) => acked)));
  let isEnding = false;
  for (const { ended } of calls)
    void ended.then(() => {
      if (!isEnding) dropped += 1;
    });
  return {
    get dropped() {
      return dropped;
    },
    async end() {
      isEnding = true;
      for (const invite of atAgents) invite.bye();
      await inTime('all have hung up', Promise.all([...atAgents, ...calls].map(({ ended }) => ended)));
    },
  };
};

/** Calls again and again, until one rings an agent as it would at any time. @returns after how long that one was placed, ms */
const untilServed = async ({ callers, numbers }: Side, rung: ReadonlyMap<string, number>): Promise<number> => {
  const began = performance.now();
  for (let index = 0; performance.now() < began + longestRecoveryMs; index += 1) {
    const from = callerNumber(triersFrom + index);
    const call = callers.call(numbers.quick, from);
    await Promise.race([call.ended, pause(servedWithinMs)]);
    const at = rung.get(from);
    if (at !== undefined && at - call.at <= servedWithinMs) return call.at - began;
    await pause(triedEveryMs);
  }
  return longestRecoveryMs;
};

const isEmptySoon = async (house: Floor['house']): Promise<number> => {
  const giveUpAt = performance.now() + emptyWithinMs;
  for (;;) {
    const left = await leftOver(house);
    if (left === 0 || performance.now() > giveUpAt) return left;
    await pause(lookEveryMs);
  }
};

/** Three times as many call as can be served, while others talk. */
export const overload: Part = {
  name: 'overload',
  seconds: ({ overrun: { talking, seconds } }) => 25 + 0.05 * talking + seconds,
  async measure({ floor: open, sizes: { overrun, rate: chosen }, kept, say }) {
    const { house, crew } = await open();
    const { ours } = await crew(agents);
    const rate = chosen ?? 3 * (kneeIn(kept) ?? likelyKnee);
    say(`${rate} calls a second for ${overrun.seconds} s, while ${overrun.talking} talk`);
    const standing = await talks(ours, overrun.talking);
    const lag = new LagWatch(house);
    const rung = new Map<string, number>();
    let recoveredMs = longestRecoveryMs;
    const before = await processorOf(house);
    const result = await load(ours, {
      rate,
      seconds: overrun.seconds,
      talkMs,
      onRung: (caller, at) => rung.set(caller, at),
      onStopped: async () => {
        recoveredMs = await untilServed(ours, rung);
        // Who has just been rung is to have hung up before the agents go.
        await pause(2 * talkMs);
      },
    });
    const taken = processorBetween(before, await processorOf(house));
    const heldMs = await lag.stop();
    const { dropped } = standing;
    if (dropped === 0) await standing.end();
    const left = await isEmptySoon(house);
    const { calls, failed, refused, setups } = result;
    const [servedP99, refusedP99] = [quantile(setups, 0.99), quantile(refused, 0.99)];
    say(
      `of ${calls} calls ${setups.length} were served (p99 ${servedP99.toFixed(0)} ms), ${refused.length} refused ` +
        `(p99 ${refusedP99.toFixed(0)} ms), ${failed} failed; ${dropped} dropped, served again after ${recoveredMs.toFixed(0)} ms, ` +
        `loop held ${heldMs.toFixed(0)} ms, ${left} left; processor time a call, ms: ` +
        Object.entries(taken)
          .map(([name, ms]) => `${name} ${(ms / calls).toFixed(1)}`)
          .join(', '),
    );
    const toldSoon: Measured = {
      what: 'of those: caller’s INVITE to the answer that says so',
      unit: 'ms',
      ours: summary(refused),
      aim: `p99 ≤ ${refusedWithinMs}`,
      met: refusedP99 <= refusedWithinMs,
    };
    return [
      {
        what: `of ${overrun.talking} calls under way, dropped at ${rate} calls a second`,
        unit: '',
        ours: dropped,
        aim: 'none',
        met: dropped === 0,
      },
      {
        what: `of ${calls} new calls, neither served nor refused`,
        unit: '',
        ours: failed,
        aim: 'none',
        met: failed === 0,
      },
      { what: 'new calls served', unit: '', ours: setups.length },
      {
        what: 'of those: caller’s INVITE to agent’s INVITE',
        unit: 'ms',
        ours: summary(setups),
        aim: `p99 ≤ ${servedWithinMs}`,
        met: servedP99 <= servedWithinMs,
      },
      { what: 'new calls refused', unit: '', ours: refused.length },
      ...(refused.length === 0 ? [] : [toldSoon]),
      {
        what: 'after the load stops, a new call is rung as usual',
        unit: 'ms',
        ours: recoveredMs,
        aim: `at most ${recoveredWithinMs}`,
        met: recoveredMs <= recoveredWithinMs,
      },
      { what: 'call control’s event loop held up, longest', unit: 'ms', ours: heldMs },
      { what: 'channels and bridges left in Asterisk', unit: '', ours: left, aim: 'none', met: left === 0 },
    ];
  },
};
