import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfiguration } from '@cordboard/configuration';
import { connectDatabase, type Database, DatabaseRefusal, migrate } from '@cordboard/database';
import { ensureRoot, freePorts, type Server, startPostgres } from '@cordboard/embedded';
import pg from 'pg';
import { onTestFinished } from 'vitest';

/** A PostgreSQL of a file's own. */
export interface DatabaseHouse {
  /** The address of a database with all tables of this release. */
  readonly url: string;
  readonly database: Database;
  /** Empties its tables, for the next test. */
  clear(): Promise<void>;
  /** The address of a new database as PostgreSQL makes it: with nothing in it. */
  empty(): Promise<string>;
  /** Killed with SIGKILL, as by the kernel when memory runs out. */
  kill(): Promise<void>;
  /** Started anew on its data, after `kill`. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const { home } = readConfiguration(process.env);
const password = 'for-this-test-only';

export const openDatabaseHouse = async (): Promise<DatabaseHouse> => {
  const root = await ensureRoot({ home, report: () => undefined });
  const folder = await mkdtemp(join(tmpdir(), 'cordboard-database-'));
  const [port = 0] = await freePorts(1);
  const postgres = (): Promise<Server> =>
    startPostgres({ root, folder: join(folder, 'postgres'), port, password, durable: false });
  let server = await postgres();
  const { url } = server;
  await migrate(url);
  const database = connectDatabase(url);
  let made = 0;
  return {
    url,
    database,
    async clear() {
      await sql(url, clearTables);
    },
    async empty() {
      made += 1;
      const name = `empty_${made}`;
      await sql(url, `CREATE DATABASE ${name} TEMPLATE template0`);
      return Object.assign(new URL(url), { pathname: `/${name}` }).href;
    },
    async kill() {
      server.kill('SIGKILL');
      await server.exited;
    },
    async start() {
      server = await postgres();
    },
    async close() {
      await database.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** All that we keep; not the ledger of migrations. */
const clearTables = `
DO $$ BEGIN
    EXECUTE (SELECT 'TRUNCATE ' || string_agg(quote_ident(tablename), ', ') FROM pg_tables
              WHERE schemaname = 'public' AND tablename <> '_prisma_migrations');
END $$`;

/** Another process of ours on the same database, until the test is over. */
export const connectedUntilTheEnd = (url: string): Database => {
  const database = connectDatabase(url);
  onTestFinished(() => database.close());
  return database;
};

/** What an administrator does with `psql`. */
export const sql = async <Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> => {
  const client = await sqlClient(url);
  try {
    return (await client.query<Row>(text, [...values])).rows;
  } finally {
    await client.end();
  }
};

/** One connection that stays, for what it holds. To be ended by the test. */
export const sqlClient = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
};

/** Why a change was refused. Anything else that came of it fails the test. */
export const refusalOf = async (change: Promise<unknown>): Promise<DatabaseRefusal['reason']> => {
  const outcome = await change.catch((error: unknown) => error);
  if (outcome instanceof DatabaseRefusal) return outcome.reason;
  throw new Error('The change was not refused', { cause: outcome });
};
