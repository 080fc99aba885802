import { setTimeout as pause } from 'node:timers/promises';
import type { BoardDelta } from '@cordboard/contracts';
import type { AgentId, Extension, Fact, Instant } from '@cordboard/core';
import { connectRedis, createExchangeStore, whenReady } from '@cordboard/redis';
import { openBrowser, signInAt } from '../../tests/support/browser.ts';
import { password } from '../../tests/support/house-people.ts';
import { openBoards } from '../boards.ts';
import type { Floor } from '../floor.ts';
import { inTime } from '../in-time.ts';
import { now, watchText } from '../pages.ts';
import type { Measured, Part } from '../part.ts';
import { summary } from '../statistics.ts';

/** How long a change has been under way, ms, when it was at another's socket, and when a browser had painted it. */
interface Shown {
  readonly received: readonly number[];
  readonly painted: readonly number[];
}

type Store = Pick<ReturnType<typeof createExchangeStore>, 'commit'>;

/** What happens beside the changes that are timed, a second. */
const busyRate = 200;
const tickMs = 10;

interface Stage {
  readonly floor: Floor;
  readonly store: Store;
  /** When digits are painted. */
  readonly watch: (digits: string) => Promise<number>;
}

let last = 700_000_000;
/** Nowhere else on the page. */
const nextDigits = (): string => {
  last += 1;
  return String(last);
};

/** From a fact written to Redis until a socket has it, and until the wallboard in a browser has painted it. */
const measureBoard = async ({ floor, watch, store }: Stage, facts: number): Promise<Shown> => {
  const received: number[] = [];
  const painted: number[] = [];
  for (let index = 0; index < facts; index += 1) {
    const digits = nextDigits();
    const seen = watch(digits);
    // Not in step with the screen's own beat.
    await pause(20 + Math.random() * 30);
    const told = arrival(floor, `Bench ${digits}`);
    const writtenAt = now();
    await store.commit({ calls: [], ended: [], agents: [], facts: [renamed('bench', `Bench ${digits}`, 'talking')] });
    received.push((await inTime('another page is told', told)) - writtenAt);
    painted.push((await inTime('the wallboard shows it', seen)) - writtenAt);
  }
  return { received, painted };
};

/** Resolves when a supervisor's page has been told of somebody of this name. */
const arrival = ({ board: { socket } }: Floor, name: string): Promise<number> =>
  new Promise((resolve) => {
    const listen = ({ agents = [] }: BoardDelta): void => {
      if (!agents.some((agent) => agent.name === name)) return;
      socket.off('board:delta', listen);
      resolve(now());
    };
    socket.on('board:delta', listen);
  });

/** Others change all the time, so many a second. @returns what ends it */
const busy = (store: Store): (() => Promise<void>) => {
  const ended = new AbortController();
  const began = now();
  let told = 0;
  const tell = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      const due = Math.floor(((now() - began) * busyRate) / 1000) - told;
      const facts = Array.from({ length: due }, (_, index) =>
        renamed(`other-${(told + index) % 40}`, `Other ${inLetters(told + index)}`, 'ready'),
      );
      told += due;
      if (due > 0) await store.commit({ calls: [], ended: [], agents: [], facts });
      await pause(tickMs);
    }
  };
  const over = tell();
  return async () => {
    ended.abort();
    await over;
  };
};

/** No digits, which are looked for. */
const inLetters = (number: number): string =>
  number.toString(36).replace(/\d/g, (digit) => 'ABCDEFGHIJ'[Number(digit)] ?? '');

/** Somebody who works nowhere, under another name each time; who talks stands first on the page, which shows sixty. */
const renamed = (id: string, name: string, state: 'talking' | 'ready'): Fact => ({
  type: 'AgentChanged',
  at: Date.now() as Instant,
  because: 'bench',
  agent: {
    id: id as AgentId,
    name,
    extension: '9' as Extension,
    state,
    reason: null,
    since: Date.now() as Instant,
    until: null,
    call: null,
    queue: null,
    reachable: true,
  },
});

/** (c) How soon wallboards show what has happened. */
export const board: Part = {
  name: 'board',
  seconds: ({ boards, facts }) => 5 + (boards.length + 1) * (facts * 0.08 + 3),
  async measure({ floor: open, sizes: { boards, facts }, say }) {
    const floor = await open();
    const { house } = floor;
    const browser = await openBrowser();
    const redis = connectRedis(house.redisUrl, { name: 'bench' });
    try {
      await whenReady(redis, 5000);
      const store = createExchangeStore(redis);
      const { page } = await browser.open({ width: 1920, height: 1080, reducedMotion: false });
      await signInAt(page, `${house.url}/board`, 'sue', password);
      const stage: Stage = { floor, store, watch: await watchText(page) };
      const quiet = summary((await measureBoard(stage, facts)).painted);
      const rows: Measured[] = [
        {
          what: 'c: fact written to wallboard painted',
          unit: 'ms',
          ours: quiet,
          aim: 'p99 < 100',
          met: quiet.p99 < 100,
        },
      ];
      for (const count of boards) {
        say(`${count} boards`);
        const others = await openBoards(await house.person('sue'), count);
        const end = busy(store);
        const { received, painted } = await measureBoard(stage, facts);
        await end();
        others.close();
        const [socket, screen] = [summary(received), summary(painted)];
        rows.push(
          { what: `${count} boards, ${busyRate} changes a second: fact written to socket`, unit: 'ms', ours: socket },
          {
            what: `${count} boards, ${busyRate} changes a second: fact written to painted`,
            unit: 'ms',
            ours: screen,
            aim: 'median ≤ 20, p99 ≤ 100',
            met: screen.median <= 20 && screen.p99 <= 100,
          },
        );
      }
      return rows;
    } finally {
      redis.disconnect();
      await browser.close();
    }
  },
};
