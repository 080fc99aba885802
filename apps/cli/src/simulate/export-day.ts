import {
  type Day,
  DayRecorder,
  type Fact,
  type Instant,
  instant,
  localTime,
  type Policy,
  withoutPersons,
} from '@cordboard/core';
import { connectDatabase } from '@cordboard/database';
import { connectRedis, type FactEntry, followFacts, newestOffset, whenReady } from '@cordboard/redis';
import { SimulationRefused } from './options.ts';
import { ToldOnce } from './told-once.ts';

export interface ExportParts {
  readonly redisUrl: string;
  readonly databaseUrl: string;
  /** Local date of the house: `2026-11-25`. */
  readonly date: string;
}

const withinMs = 5000;

/**
 * One day of a running system. What happened is read from the facts that the database keeps, and those told since from Redis;
 * the policies from the database. The record begins at the last moment before midnight at which nobody was calling.
 *
 * @throws SimulationRefused when the facts of that day are not kept any more, or not there yet
 */
export const exportDay = async ({ redisUrl, databaseUrl, date }: ExportParts): Promise<Day> => {
  const database = connectDatabase(databaseUrl);
  const redis = connectRedis(redisUrl, { name: 'export' });
  const ending = new AbortController();
  try {
    await whenReady(redis, withinMs);
    const policies = new Map<number, Policy>();
    for (const { version } of await database.policies.versions()) {
      const policy = await database.policies.byVersion(version);
      if (policy !== undefined) policies.set(version, policy);
    }
    const reading = new DayReading(date, policies);
    let from: string | undefined;
    let isOver = false;
    for await (const entries of database.keptFacts.read()) {
      isOver = reading.take(entries);
      if (isOver) break;
      from = entries.at(-1)?.offset;
    }
    const last = await newestOffset(redis);
    if (!isOver && last !== '0-0' && !(from !== undefined && isAtLeast(from, last)))
      await followFacts(redis, {
        from: from ?? 'start',
        signal: ending.signal,
        onFacts: (entries) => {
          if (reading.take(entries) || entries.some(({ offset }) => isAtLeast(offset, last))) ending.abort();
        },
      });
    return withoutPersons(reading.day());
  } finally {
    ending.abort();
    redis.disconnect();
    await database.close();
  }
};

/** Reads until the day is over. */
class DayReading {
  readonly #date: string;
  readonly #recorder: DayRecorder;
  readonly #timeZone: string;
  readonly #told = new ToldOnce();
  #first: Instant | undefined;
  #count = 0;

  constructor(date: string, policies: ReadonlyMap<number, Policy>) {
    this.#date = date;
    this.#recorder = new DayRecorder((version) => policies.get(version));
    this.#timeZone = policies.get(Math.max(0, ...policies.keys()))?.timeZone ?? 'UTC';
  }

  /** @returns whether the day is over */
  take(entries: readonly FactEntry[]): boolean {
    for (const { fact } of entries) {
      if ('call' in fact && !this.#told.isNew(fact)) continue;
      const date = this.#dateOf(fact.at);
      if (date > this.#date) return true;
      this.#first ??= fact.at;
      if (this.#mayBegin(fact, date)) this.#recorder.begin(fact.at);
      this.#recorder.take(fact);
      if (date === this.#date) this.#count += 1;
    }
    return false;
  }

  day(): Day {
    if (this.#count === 0)
      throw new SimulationRefused(
        `Nothing is known of ${this.#date}: ${
          this.#first === undefined
            ? 'no call control has run with this Redis yet.'
            : `what is kept begins on ${this.#dateOf(this.#first)}: export a day within two weeks.`
        }`,
      );
    return this.#recorder.day();
  }

  /** With the last caller before midnight who comes in while nobody else calls; else with the day. */
  #mayBegin({ type }: Fact, date: string): boolean {
    return this.#recorder.isQuiet && (date < this.#date ? type === 'CallArrived' : this.#count === 0);
  }

  #dateOf(at: number): string {
    return localTime(this.#timeZone, instant(at)).date;
  }
}

/** Offsets are `<ms>-<count>`. */
const isAtLeast = (offset: string, other: string): boolean => {
  const [ms = 0, count = 0] = offset.split('-').map(Number);
  const [otherMs = 0, otherCount = 0] = other.split('-').map(Number);
  return ms > otherMs || (ms === otherMs && count >= otherCount);
};
