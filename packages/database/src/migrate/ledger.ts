import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { MigrationFile } from './migration-files.ts';

/** What the ledger says of one migration. */
export interface LedgerEntry {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

/** Prisma's own table, column by column, so that `prisma migrate deploy` and `status` agree with us. */
const createLedger = `
CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum"              VARCHAR(64) NOT NULL,
    "finished_at"           TIMESTAMPTZ,
    "migration_name"        VARCHAR(255) NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        TIMESTAMPTZ,
    "started_at"            TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count"   INTEGER NOT NULL DEFAULT 0
)`;

/** Prisma's own lock, so that it and we keep out of each other's way: schema-engine, `acquire_lock`. */
const lockKey = 72_707_369;

/** Waits until nobody else migrates this database; held until the connection ends. */
export const lockLedger = async (client: pg.Client): Promise<void> => {
  await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
  await client.query(createLedger);
};

export const hasLedger = async (client: pg.Client): Promise<boolean> => {
  const { rows } = await client.query<{ found: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found`,
  );
  return rows[0]?.found === true;
};

export const readLedger = async (client: pg.Client): Promise<readonly LedgerEntry[]> => {
  const { rows } = await client.query<LedgerEntry>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return rows;
};

export const enterInLedger = async (client: pg.Client, { name, checksum }: MigrationFile): Promise<void> => {
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
    [randomUUID(), checksum, name],
  );
};
