import { setTimeout as pause } from 'node:timers/promises';
import type { Floor, Side } from '../floor.ts';
import { hold } from '../holding.ts';
import type { House, ProcessName } from '../house.ts';
import { inTime } from '../in-time.ts';
import type { Part } from '../part.ts';
import { processorBetween, processorOf, residentKb } from '../processor.ts';
import { callerNumber, measureRinging } from '../ringing.ts';
import type { IncomingInvite, OutgoingCall } from '../sip-party.ts';
import type { Sizes } from '../sizes.ts';
import { liveOf } from './cost.ts';

/** What has been given back by then is not held. */
const settleMs = 3000;
const warmUp = 20;

/** Of one side, in a house that nobody had called. */
interface Held {
  /** kB for each call, by process. */
  readonly waiting: Memory;
  readonly talking: Memory;
  /** The share of a core that a caller with music takes. */
  readonly share: number;
}

type Memory = Readonly<Record<ProcessName, number>>;

const measureHeld = async ({ house, crew }: Floor, is: Side['is'], { held }: Sizes): Promise<Held> => {
  const side = (await crew(200))[is];
  await measureRinging(side, warmUp);
  const empty = await memoryOf(house);
  const line = await hold(side, held.waiting);
  const waiting = await memoryOf(house);
  const before = await processorOf(house);
  const began = performance.now();
  await pause(held.seconds * 1000);
  const taken = liveOf(is, processorBetween(before, await processorOf(house)));
  const share = taken / (performance.now() - began) / held.waiting;
  const talks = await talk(side, held.talking);
  const talking = await memoryOf(house);
  await talks.end();
  await line.release();
  return { waiting: each(empty, waiting, held.waiting), talking: each(waiting, talking, held.talking), share };
};

/** So many callers talk to as many agents. */
const talk = async (side: Side, count: number): Promise<{ end(): Promise<void> }> => {
  const talks: IncomingInvite[] = [];
  const calls: OutgoingCall[] = [];
  side.agent.onInvite = (invite) => {
    talks.push(invite);
    invite.ring();
    invite.answer();
  };
  for (let index = 0; index < count; index += 1) {
    calls.push(side.callers.call(side.numbers.quick, callerNumber(index)));
    await pause(20);
  }
  await inTime('all are through', Promise.all(calls.map(({ answered }) => answered)));
  await inTime('all talk', Promise.all(talks.map(({ acked }) => acked)));
  return {
    async end() {
      for (const invite of talks) invite.bye();
      await inTime('all have hung up', Promise.all([...talks, ...calls].map(({ ended }) => ended)));
    },
  };
};

const memoryOf = async ({ pids }: House): Promise<Memory> => {
  await pause(settleMs);
  const entries = Object.entries(pids).map(async ([name, pid]) => [name, await residentKb(pid)] as const);
  return Object.fromEntries(await Promise.all(entries)) as Memory;
};

const each = (before: Memory, after: Memory, calls: number): Memory =>
  Object.fromEntries(
    Object.entries(after).map(([name, kb]) => [name, (kb - before[name as ProcessName]) / calls]),
  ) as Memory;

/** What a call holds in memory, and how many can wait with music for each core. */
export const memory: Part = {
  name: 'memory',
  seconds: ({ held }) => 2 * (45 + (held.waiting + held.talking) * 0.03 + held.seconds),
  async measure({ freshFloor, sizes }) {
    const ours = await measureHeld(await freshFloor(), 'ours', sizes);
    const theirs = await measureHeld(await freshFloor(), 'peer', sizes);
    const live = ({ asterisk, stasis, redis }: Memory): number => asterisk + stasis + redis;
    const perCore = 1 / ours.share / (1 / theirs.share);
    const row = (what: string, of: 'waiting' | 'talking') => ({
      what,
      unit: 'kB' as const,
      ours: live(ours[of]),
      theirs: theirs[of].asterisk,
      aim: 'at most 1.15 ×',
      met: live(ours[of]) <= 1.15 * theirs[of].asterisk,
    });
    return [
      row(`memory of a waiting call, ${sizes.held.waiting} held (Asterisk, call control, Redis)`, 'waiting'),
      { what: 'of that, Asterisk', unit: 'kB', ours: ours.waiting.asterisk, theirs: theirs.waiting.asterisk },
      { what: 'of that, call control', unit: 'kB', ours: ours.waiting.stasis },
      row(`memory of a talking call, ${sizes.held.talking} held (Asterisk, call control, Redis)`, 'talking'),
      { what: 'of that, Asterisk', unit: 'kB', ours: ours.talking.asterisk, theirs: theirs.talking.asterisk },
      { what: 'of that, call control', unit: 'kB', ours: ours.talking.stasis },
      {
        what: 'callers held with music by one core',
        unit: '',
        ours: 1 / ours.share,
        theirs: 1 / theirs.share,
        aim: 'at least 0.95 ×',
        met: perCore >= 0.95,
      },
    ];
  },
};
