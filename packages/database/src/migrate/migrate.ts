import pg from 'pg';
import { asking } from '../errors.ts';
import { enterInLedger, hasLedger, type LedgerEntry, lockLedger, readLedger } from './ledger.ts';
import { type MigrationFile, readMigrations } from './migration-files.ts';
import { MigrationRefused } from './refused.ts';

/**
 * Brings the database to the shape of this release: each migration not yet applied, in order, in a transaction of its own.
 * Two at once wait for each other. Does what `prisma migrate deploy` does, without its engine.
 *
 * @returns the names of those applied now.
 * @throws DatabaseUnavailable naming DATABASE_URL, MigrationRefused, or PostgreSQL's error in a migration.
 */
export const migrate = async (databaseUrl: string, folder?: string): Promise<readonly string[]> => {
  const migrations = await readMigrations(folder);
  return withClient(databaseUrl, async (client) => {
    await lockLedger(client);
    const pending = outstanding(migrations, await readLedger(client));
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  });
};

/**
 * What `migrate` would apply, without changing anything.
 *
 * @throws DatabaseUnavailable naming DATABASE_URL, MigrationRefused.
 */
export const pendingMigrations = async (databaseUrl: string, folder?: string): Promise<readonly string[]> => {
  const migrations = await readMigrations(folder);
  return withClient(databaseUrl, async (client) => {
    const ledger = (await hasLedger(client)) ? await readLedger(client) : [];
    return outstanding(migrations, ledger).map(({ name }) => name);
  });
};

/** A connection of its own, for as long as the work takes. */
const withClient = async <T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'cordboard-migrate',
    connectionTimeoutMillis: 5000,
  });
  // A loss is told by the query under way.
  client.on('error', () => undefined);
  await asking(client.connect());
  try {
    return await asking(work(client));
  } finally {
    await client.end();
  }
};

/** @throws MigrationRefused when the ledger tells another story than the files. */
const outstanding = (
  migrations: readonly MigrationFile[],
  ledger: readonly LedgerEntry[],
): readonly MigrationFile[] => {
  const applied = new Map(ledger.map((entry) => [entry.name, entry]));
  const failed = ledger.find(({ finished }) => !finished);
  if (failed !== undefined)
    throw new MigrationRefused(
      `The migration ${failed.name} was begun and not finished. Repair the database, then say so with "prisma migrate resolve".`,
    );
  const files = new Set(migrations.map(({ name }) => name));
  const unknown = ledger.find(({ name }) => !files.has(name));
  if (unknown !== undefined)
    throw new MigrationRefused(
      `The database of DATABASE_URL has the migration ${unknown.name}, which this release does not know: it was used by a newer release, or by another program.`,
    );
  const changed = migrations.find(({ name, checksum }) => (applied.get(name)?.checksum ?? checksum) !== checksum);
  if (changed !== undefined)
    throw new MigrationRefused(
      `The file of the migration ${changed.name} was changed after it had been applied. Restore the file.`,
    );
  return migrations.filter(({ name }) => !applied.has(name));
};

const apply = async (client: pg.Client, migration: MigrationFile): Promise<void> => {
  await client.query('BEGIN');
  try {
    await client.query(migration.sql);
    await enterInLedger(client, migration);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new MigrationRefused(`The migration ${migration.name} failed: ${(error as Error).message}`, { cause: error });
  }
};
