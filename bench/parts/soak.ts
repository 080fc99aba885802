import { setTimeout as pause } from 'node:timers/promises';
import { connectRedis, followFacts, whenReady } from '@cordboard/redis';
import pg from 'pg';
import { NeverCame, until } from '../../tests/support/until.ts';
import { backlogOf, forgetBacklog } from '../backlog.ts';
import { Figures } from '../figures.ts';
import type { Floor } from '../floor.ts';
import { leftOver } from '../left-over.ts';
import { linesOf, type Series } from '../lines.ts';
import { load } from '../load.ts';
import type { Measured, Part } from '../part.ts';
import { residentKb } from '../processor.ts';
import type { Kept } from '../report.ts';
import { leastSlope, summary } from '../statistics.ts';
import { kneeIn } from './knee.ts';

const agents = 200;
const talkMs = 1000;
/** When no knee has been found yet, calls a second. */
const carefulRate = 30;
const mostSamples = 720;
/** A shorter one says nothing of what grows. */
const tellingMinutes = 30;
/** Records are written behind the calls. */
const recordsWithinMs = 60_000;

/** Half of what was borne. */
const soakRate = (kept: Kept): number => Math.max(1, Math.round((kneeIn(kept) ?? 2 * carefulRate) / 2));

/** Of memory, kB, by who holds it; the event loop's lag, ms. */
interface Sample {
  readonly minutes: number;
  readonly kb: Readonly<Record<(typeof holders)[number], number>>;
  readonly lagMs: number;
}
const holders = ['stasis heap', 'api heap', 'worker heap', 'stasis', 'api', 'worker', 'asterisk', 'redis'] as const;

const sample = async ({ house }: Floor, began: number): Promise<Sample> => {
  const figures = await Figures.read(house);
  const { pids } = house;
  return {
    minutes: (performance.now() - began) / 60_000,
    lagMs: figures.lagMs('stasis'),
    kb: {
      'stasis heap': figures.heapKb('stasis'),
      'api heap': figures.heapKb('api'),
      'worker heap': figures.heapKb('worker'),
      stasis: await residentKb(pids.stasis),
      api: await residentKb(pids.api),
      worker: await residentKb(pids.worker),
      asterisk: await residentKb(pids.asterisk),
      redis: await residentKb(pids.redis),
    },
  };
};

/** How many calls each of those who count them has counted. */
interface Counts {
  readonly records: number;
  /** What supervisors see. */
  readonly answered: number;
}

const countsOf = async ({ house, board }: Floor): Promise<Counts> => {
  const client = new pg.Client({ connectionString: house.databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ count: string }>('select count(*) from call_records');
    return { records: Number(rows[0]?.count), answered: board.queues.get(`crew-${agents}`)?.today.answered ?? 0 };
  } finally {
    await client.end();
  }
};

/** Many calls for a long time: what grows, what is left over, and whether all who count agree. */
export const soak: Part = {
  name: 'soak',
  seconds: ({ minutes }) => minutes * 60 + 60,
  async measure({ floor: open, sizes: { minutes, rate }, kept, draw, say }) {
    const floor = await open();
    const { house, crew } = floor;
    const { ours } = await crew(agents);
    const perSecond = rate ?? soakRate(kept);
    say(`${perSecond} calls a second for ${minutes} minutes`);
    await forgetBacklog(house);
    const told = await followed(house.redisUrl);
    const before = await countsOf(floor);
    const samples: Sample[] = [];
    const began = performance.now();
    const everyMs = Math.max(2500, (minutes * 60_000) / mostSamples);
    const sampling = new AbortController();
    const sampled = (async () => {
      while (!sampling.signal.aborted) {
        samples.push(await sample(floor, began));
        await pause(everyMs, undefined, { signal: sampling.signal }).catch(() => undefined);
      }
    })();
    const result = await load(ours, { rate: perSecond, seconds: minutes * 60, talkMs });
    sampling.abort();
    await sampled;
    const counted = await settledCounts(floor, before, result.calls);
    const facts = await told.end();
    const left = await leftOver(house);
    await draw(
      'soak.svg',
      linesOf(`Memory over ${minutes} minutes at ${perSecond} calls a second, MB`, series(samples)),
    );
    const setups = summary(result.setups);
    const differ = [counted.records, counted.answered, facts.arrived, facts.answered, facts.ended].filter(
      (count) => count !== result.calls,
    ).length;
    say(
      `${result.calls} calls; records ${counted.records}, answered on the board ${counted.answered}, facts ${JSON.stringify(facts)}`,
    );
    return [
      { what: `calls made, ${perSecond} a second for ${minutes} min`, unit: '', ours: result.calls },
      {
        what: 'of those failed, or turned away',
        unit: '',
        ours: result.failed + result.refused.length,
        aim: 'none',
        met: result.failed + result.refused.length === 0,
      },
      { what: 'caller’s INVITE to agent’s INVITE', unit: 'ms', ours: setups, aim: 'p99 ≤ 50', met: setups.p99 <= 50 },
      {
        what: 'counts that differ from the calls made (records, board, facts: arrived, answered, ended)',
        unit: '',
        ours: differ,
        aim: 'none',
        met: differ === 0,
      },
      { what: 'channels and bridges left in Asterisk', unit: '', ours: left, aim: 'none', met: left === 0 },
      {
        what: 'events of calls that waited in Asterisk for us, most',
        unit: '',
        ours: (await backlogOf(house)).calls,
      },
      {
        what: 'call control’s event loop held up, each 5 s',
        unit: 'ms',
        ours: summary(samples.map(({ lagMs }) => lagMs)),
      },
      ...(minutes < tellingMinutes ? [] : growing.map((holder) => growth(holder, samples))),
    ];
  },
};

const growing = ['stasis heap', 'api heap', 'worker heap', 'asterisk'] as const;

/** The first third is left out: until then caches fill, and code is compiled. */
const growth = (holder: keyof Sample['kb'], samples: readonly Sample[]): Measured => {
  const late = samples.slice(Math.floor(samples.length / 3));
  const perHour = leastSlope(late.map(({ minutes: at, kb }) => [at / 60, kb[holder] / 1024] as const));
  return {
    what: `growth of memory: ${holder}`,
    unit: 'MB/h',
    ours: perHour,
    aim: 'at most 10',
    met: perHour <= 10,
  };
};

const series = (samples: readonly Sample[]): readonly Series[] =>
  holders.map((name) => ({ name, points: samples.map(({ minutes, kb }) => [minutes, kb[name] / 1024] as const) }));

/** Once all has been written that will be, or not in time. */
const settledCounts = async (floor: Floor, before: Counts, calls: number): Promise<Counts> => {
  const since = async (): Promise<Counts> => {
    const { records, answered } = await countsOf(floor);
    return { records: records - before.records, answered: answered - before.answered };
  };
  try {
    return await until(
      'every call is counted',
      async () => {
        const counts = await since();
        return counts.records >= calls && counts.answered >= calls && counts;
      },
      { withinMs: recordsWithinMs, everyMs: 500 },
    );
  } catch (error) {
    if (error instanceof NeverCame) return since();
    throw error;
  }
};

interface FactCounts {
  readonly arrived: number;
  readonly answered: number;
  readonly ended: number;
}

/** Counts what is told from now on. */
const followed = async (redisUrl: string): Promise<{ end(): Promise<FactCounts> }> => {
  const redis = connectRedis(redisUrl, { name: 'bench' });
  await whenReady(redis, 5000);
  const over = new AbortController();
  const counts = new Map<string, number>();
  const following = followFacts(redis, {
    from: 'new',
    signal: over.signal,
    onFacts: (entries) => {
      for (const { fact } of entries) counts.set(fact.type, (counts.get(fact.type) ?? 0) + 1);
    },
  });
  return {
    async end() {
      over.abort();
      await following;
      redis.disconnect();
      const of = (type: string): number => counts.get(type) ?? 0;
      return { arrived: of('CallArrived'), answered: of('CallAnswered'), ended: of('CallEnded') };
    },
  };
};
