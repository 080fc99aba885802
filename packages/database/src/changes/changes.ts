import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { inOurWords } from '../errors.ts';

/** The tables whose changes PostgreSQL tells, whoever makes them. */
export type ChangedTable = (typeof tables)[number];

export interface ChangesListener {
  readonly onChange: (table: ChangedTable) => void;
  /** Told once when the connection is lost, or cannot be had at first; not again at every attempt. */
  readonly onLost?: (error: Error) => void;
  /** Told when the connection is there, the first time and after each loss, before everything is told. */
  readonly onListening?: () => void;
}

const tables = ['agents', 'phones', 'trunks', 'policy_versions', 'voicemails'] as const;
/** As the triggers name it: prisma/migrations, `cordboard_tell_change`. */
const channel = 'cordboard_changed';

const connectTimeoutMs = 5000;
/** A server that is gone without a word is found out after this and the patience below. */
const pulseEveryMs = 15_000;
const patienceMs = 5000;
const firstBackOffMs = 50;
const longestBackOffMs = 2000;

/**
 * Listens to what changes, for ever: a lost connection is made anew, ever less hurriedly. Whenever it comes about,
 * every table is told once, since nobody knows what changed before.
 */
export const listenForChanges = (databaseUrl: string, listener: ChangesListener): { close(): Promise<void> } => {
  const stopping = new AbortController();
  const { signal } = stopping;

  const listen = async (): Promise<void> => {
    let failures = 0;
    while (!signal.aborted) {
      try {
        await listenOnce(databaseUrl, signal, listener.onChange, () => {
          failures = 0;
          listener.onListening?.();
        });
      } catch (error) {
        if (signal.aborted) return;
        if (failures === 0) listener.onLost?.(inOurWords(error) as Error);
        const backOffMs = Math.min(firstBackOffMs * 2 ** failures, longestBackOffMs);
        // It rejects only when there is to be no other attempt.
        await pause(backOffMs, undefined, { signal }).catch(() => undefined);
        failures = Math.min(failures + 1, 16);
      }
    }
  };

  const listening = listen();
  return {
    async close() {
      stopping.abort();
      await listening;
    },
  };
};

/** Rejects when the connection could not be had, when it is lost, and when `signal` is aborted. */
const listenOnce = async (
  databaseUrl: string,
  signal: AbortSignal,
  onChange: ChangesListener['onChange'],
  onListening: () => void,
): Promise<never> => {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'cordboard-changes',
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: patienceMs,
  });
  const ended = once(client, 'end', { signal });
  // Whatever comes after the first error is the same loss.
  client.on('error', () => undefined);
  client.on('notification', ({ payload }) => {
    const table = tables.find((known) => known === payload);
    if (table !== undefined) onChange(table);
  });
  const begin = async (): Promise<void> => {
    await client.connect();
    await client.query(`LISTEN ${channel}`);
    onListening();
    for (const table of tables) onChange(table);
  };
  const pulse = setInterval(() => void client.query('SELECT 1').catch(() => client.end()), pulseEveryMs);
  try {
    await Promise.race([ended, begin()]);
    await ended;
    throw new Error('Connection terminated by PostgreSQL.');
  } finally {
    clearInterval(pulse);
    await client.end();
  }
};
