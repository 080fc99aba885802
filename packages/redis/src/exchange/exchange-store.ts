import type { ExchangeStore } from '@cordboard/application';
import type { Agent, CallFact, CallId, CallState, QueuePace, SwitchState, Ticket } from '@cordboard/core';
import type { Redis } from 'ioredis';
import { parseFact } from '../facts/parse-fact.ts';
import { keys } from '../keys.ts';
import { asking } from '../unavailable.ts';
import { teachCommit, toPosition } from './commit.ts';

/** The last moments of a busy centre. */
const factsLookedAt = 1000;
/** Of facts told again, those that are among so many last ones are not appended. */
const factsCompared = 20_000;

export interface ExchangeStoreOptions {
  /** Told of an entry that cannot be read; it is left where it is, and left out. */
  readonly onMalformed?: (entry: { readonly key: string; readonly field: string; readonly error: Error }) => void;
}

/**
 * The state of calls and agents in Redis, with the facts beside it.
 *
 * All methods throw `RedisUnavailable`, at once when there is no connection. A commit that was cut off may have been
 * carried out: numbered, it may be repeated.
 */
export const createExchangeStore = (redis: Redis, { onMalformed }: ExchangeStoreOptions = {}): ExchangeStore => {
  const commit = teachCommit(redis);

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

  const lastTold = async (): Promise<ReadonlySet<string>> => {
    const entries = await asking(redis.xrevrange(keys.facts, '+', '-', 'COUNT', factsCompared));
    return new Set(
      entries.flatMap(([field, [, text]]) => {
        try {
          const fact = parseFact(text);
          return 'call' in fact ? [nameOf(fact)] : [];
        } catch (error) {
          onMalformed?.({ key: keys.facts, field, error: error as Error });
          return [];
        }
      }),
    );
  };

  return {
    async load() {
      const [calls, agents, switches, tickets, paces, ended] = await Promise.all([
        readAll<CallState>(keys.calls),
        readAll<Agent>(keys.agents),
        readAll<SwitchState>(keys.switches),
        readAll<Ticket>(keys.tickets),
        readAll<QueuePace>(keys.paces),
        lastEnded(),
      ]);
      return { calls, agents, switches, tickets, paces, ended };
    },
    async commit(change, numbered) {
      if (numbered !== undefined) return asking(commit(change, 'next', numbered));
      return isEmpty(change) ? { taken: true } : asking(commit(change, '', unnumbered));
    },
    position: async () => toPosition(await asking(redis.get(keys.position))),
    async claim(epoch) {
      const { taken } = await asking(commit(nothing, 'claim', { epoch, first: 0, n: 0 }));
      return taken;
    },
    async replace(whole, at) {
      const told = await lastTold();
      const facts = whole.facts.filter((fact) => !('call' in fact) || !told.has(nameOf(fact)));
      const { taken } = await asking(commit({ ...whole, facts }, 'anew', { ...at, first: at.n }));
      return taken;
    },
    onReachable(listener) {
      redis.on('ready', listener);
      return () => redis.off('ready', listener);
    },
  };
};

const unnumbered = { epoch: 0, first: 0, n: 0 };
const nothing = { calls: [], ended: [], agents: [], facts: [] };

/** What no two facts of calls have in common: a call that was lost and taken up anew is counted anew. */
const nameOf = ({ call, n, at }: CallFact): string => `${call} ${n} ${at}`;

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
    (change.paces?.length ?? 0) +
    change.facts.length ===
  0;
