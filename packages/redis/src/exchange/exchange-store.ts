import type { ExchangeStore } from '@cordboard/application';
import type { Agent, CallId, CallState, SwitchState, Ticket } from '@cordboard/core';
import type { Redis } from 'ioredis';
import { parseFact } from '../facts/parse-fact.ts';
import { keys } from '../keys.ts';
import { asking } from '../unavailable.ts';
import { teachCommit } from './commit.ts';

/** The last moments of a busy centre. */
const factsLookedAt = 1000;

export interface ExchangeStoreOptions {
  /** Whose writes these are; none for whoever only reads, and for tests. */
  readonly epoch?: number;
  /** Told of an entry that cannot be read; it is left where it is, and left out. */
  readonly onMalformed?: (entry: { readonly key: string; readonly field: string; readonly error: Error }) => void;
}

/**
 * The state of calls and agents in Redis, with the facts beside it.
 *
 * Both methods throw `RedisUnavailable`, at once when there is no connection. A commit that was cut off may have been
 * carried out: a fact repeated afterwards is known by its call and number. A commit of an epoch that is over throws
 * `LeaseLost`, and nothing is written.
 */
export const createExchangeStore = (redis: Redis, { epoch, onMalformed }: ExchangeStoreOptions = {}): ExchangeStore => {
  const commit = teachCommit(redis, epoch);

  const readAll = async <Entry extends { readonly id: string }>(key: string): Promise<readonly Entry[]> => {
    const fields = await asking(redis.hgetall(key));
    return Object.entries(fields).flatMap(([field, text]) => {
      try {
        return [identified<Entry>(JSON.parse(text), field)];
      } catch (error) {
        onMalformed?.({ key, field, error: error as Error });
        return [];
      }
    });
  };

  const lastEnded = async (): Promise<readonly CallId[]> => {
    const entries = await asking(redis.xrevrange(keys.facts, '+', '-', 'COUNT', factsLookedAt));
    return entries.flatMap(([field, [, text]]) => {
      try {
        const fact = parseFact(text);
        return fact.type === 'CallEnded' ? [fact.call] : [];
      } catch (error) {
        onMalformed?.({ key: keys.facts, field, error: error as Error });
        return [];
      }
    });
  };

  return {
    async load() {
      const [calls, agents, switches, tickets, ended] = await Promise.all([
        readAll<CallState>(keys.calls),
        readAll<Agent>(keys.agents),
        readAll<SwitchState>(keys.switches),
        readAll<Ticket>(keys.tickets),
        lastEnded(),
      ]);
      return { calls, agents, switches, tickets, ended };
    },
    async commit(change) {
      if (isEmpty(change)) return;
      await commit(change);
    },
  };
};

/** We wrote it ourselves, so the id vouches for the rest. */
const identified = <Entry extends { readonly id: string }>(value: unknown, id: string): Entry => {
  if (typeof value === 'object' && value !== null && 'id' in value && value.id === id) return value as Entry;
  throw new TypeError(`The entry "${id}" does not hold what its name says.`);
};

const isEmpty = (change: Parameters<ExchangeStore['commit']>[0]): boolean =>
  change.calls.length +
    change.ended.length +
    change.agents.length +
    (change.switches?.length ?? 0) +
    (change.tickets?.length ?? 0) +
    (change.closedTickets?.length ?? 0) +
    change.facts.length ===
  0;
