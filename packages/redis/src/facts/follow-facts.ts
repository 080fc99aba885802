import { setTimeout as pause } from 'node:timers/promises';
import type { Fact } from '@cordboard/core';
import type { Redis } from 'ioredis';
import { anotherConnection, blockingRead, blockMs, untilReady } from '../connection.ts';
import { keys } from '../keys.ts';
import { asking, RedisUnavailable } from '../unavailable.ts';
import { parseFact } from './parse-fact.ts';

export interface FactEntry {
  /** Where the fact stands in the stream; reading can go on behind it. */
  readonly offset: string;
  readonly fact: Fact;
}

export interface FollowFactsOptions {
  /** Behind this offset; from the oldest kept; or only those that are told from now on. */
  readonly from: 'start' | 'new' | (string & {});
  /** Awaited before the next batch is read. If it throws, following ends with that error. */
  readonly onFacts: (entries: readonly FactEntry[]) => void | Promise<void>;
  /** What is told within so long is read at once: who need not know at once spares Redis and itself. Default 0. */
  readonly everyMs?: number;
  readonly signal: AbortSignal;
  /** Told how far it has come: at the beginning, and after each look at what is new. */
  readonly onRead?: (offset: string) => void;
  /** Told of an entry that is no fact; it is skipped. */
  readonly onMalformed?: (entry: { readonly offset: string; readonly error: Error }) => void;
}

const batchSize = 500;
/** Between attempts at a Redis that is there but refuses. */
const refusedPauseMs = 100;

/**
 * Reads the facts in order, on a connection of its own, each once and none left out, through any loss of the connection.
 * Facts that Redis itself has lost or trimmed are not told.
 *
 * @returns when `signal` is aborted. @throws what `onFacts` throws.
 */
export const followFacts = async (
  redis: Redis,
  { from, onFacts, everyMs = 0, signal, onRead, onMalformed }: FollowFactsOptions,
): Promise<void> => {
  const reader = anotherConnection(redis, 'facts');
  const leave = (): void => reader.disconnect();
  signal.addEventListener('abort', leave);
  try {
    let offset = from === 'start' ? '0-0' : from === 'new' ? await insist(() => newestOffset(reader)) : from;
    onRead?.(offset);
    while (!signal.aborted) {
      const entries = await insist(() => readAfter(reader, offset));
      const facts = entries.flatMap((entry) => parsed(entry, onMalformed));
      if (facts.length > 0) await onFacts(facts);
      offset = entries.at(-1)?.[0] ?? offset;
      onRead?.(offset);
      if (everyMs > 0 && entries.length > 0 && entries.length < batchSize) await pause(everyMs, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', leave);
    reader.disconnect();
  }

  /** Asks until Redis answers. */
  async function insist<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      await untilReady(reader, signal);
      try {
        return await ask();
      } catch (error) {
        if (signal.aborted || !(error instanceof RedisUnavailable)) throw error;
        await pause(refusedPauseMs);
      }
    }
  }
};

/** The offset of the last fact told so far: following from here tells all later ones. @throws RedisUnavailable */
export const newestOffset = async (redis: Redis): Promise<string> => {
  const [last] = await asking(redis.xrevrange(keys.facts, '+', '-', 'COUNT', 1));
  return last?.[0] ?? '0-0';
};

type StreamEntry = readonly [offset: string, fields: readonly string[]];

const readAfter = async (reader: Redis, offset: string): Promise<readonly StreamEntry[]> => {
  const answer = await blockingRead(
    reader,
    reader.xread('COUNT', batchSize, 'BLOCK', blockMs, 'STREAMS', keys.facts, offset),
  );
  return answer?.flatMap(([, entries]) => entries) ?? [];
};

const parsed = (
  [offset, fields]: StreamEntry,
  onMalformed: FollowFactsOptions['onMalformed'],
): readonly FactEntry[] => {
  try {
    return [{ offset, fact: parseFact(fields[0] === 'fact' ? fields[1] : undefined) }];
  } catch (error) {
    onMalformed?.({ offset, error: error as Error });
    return [];
  }
};
