import type { Measured, Part } from '../part.ts';
import { type Summary, summary } from '../statistics.ts';
import { WaitingRoom } from '../waiting-room.ts';

/** Compiled by then. */
const warmUp = 500;
const people = 10_000;
const lines = [10, 100, 1000, 10_000, 100_000] as const;
const aimedAt = { waiting: 10_000, people: 2000 } as const;

/** Callers wait, and an agent comes free: until that is noted, decided, explained, and agent and caller are taken. @returns ms */
const measureFree = (room: WaitingRoom, decisions: number): readonly number[] => {
  const took: number[] = [];
  for (let n = -warmUp; n < decisions; n += 1) {
    const agent = room.someone();
    const began = performance.now();
    room.set(agent, true);
    const chosen = room.decide();
    const tookMs = performance.now() - began;
    // Whoever can do what nobody waits for, stays paused.
    if (chosen === undefined) room.set(agent, false);
    else room.enter();
    if (n >= 0) took.push(tookMs);
  }
  return took;
};

/** All are free, and a caller comes: until the caller is in line, and has been given to somebody. @returns ms */
const measureCome = (room: WaitingRoom, decisions: number): readonly number[] => {
  const took: number[] = [];
  for (let n = -warmUp; n < decisions; n += 1) {
    const began = performance.now();
    room.enter();
    const chosen = room.decide();
    const tookMs = performance.now() - began;
    if (chosen !== undefined) room.set(chosen, true);
    if (n >= 0) took.push(tookMs);
  }
  return took;
};

const whenFree = (waiting: number, agents: number, decisions: number): Summary => {
  const room = new WaitingRoom(agents, false);
  for (let n = 0; n < waiting; n += 1) room.enter();
  return summary(measureFree(room, decisions));
};

const within = (took: Summary): Pick<Measured, 'aim' | 'met'> => ({ aim: 'p99 < 1', met: took.p99 < 1 });

/** How long a decision takes as the floor grows: the core alone, without a call. */
export const match: Part = {
  name: 'match',
  seconds: ({ decisions }) => 20 + decisions / 200,
  async measure({ sizes: { decisions } }) {
    const grown = lines.map((waiting) => ({ waiting, took: whenFree(waiting, people, decisions) }));
    const aimed = whenFree(aimedAt.waiting, aimedAt.people, decisions);
    const come = summary(measureCome(new WaitingRoom(aimedAt.people, true), decisions));
    const comeToMany = summary(measureCome(new WaitingRoom(people, true), decisions));
    const [least, most] = [grown[0]?.took.median ?? Number.NaN, grown.at(-1)?.took.median ?? Number.NaN];
    const row = (what: string, ours: Summary, aims: Pick<Measured, 'aim' | 'met'> = {}): Measured => ({
      what,
      unit: 'ms',
      ours,
      ...aims,
    });
    return [
      ...grown.map(({ waiting, took }) => row(`an agent comes free: ${waiting} wait, ${people} agents`, took)),
      { what: `of that, ${lines.at(-1)} to ${lines[0]} waiting: ratio of the medians`, unit: '', ours: most / least },
      row(`an agent comes free: ${aimedAt.waiting} wait, ${aimedAt.people} agents, 50 skills`, aimed, within(aimed)),
      row(`a caller comes: ${aimedAt.people} agents, all free`, come, within(come)),
      row(`a caller comes: ${people} agents, all free`, comeToMany),
    ];
  },
};
