import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseUnavailable, MigrationRefused, migrate, pendingMigrations } from '@cordboard/database';
import { freePorts } from '@cordboard/embedded';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { until } from '../support/until.ts';
import { type DatabaseHouse, openDatabaseHouse, sql, sqlClient } from './database-house.ts';

let house: DatabaseHouse;
beforeAll(async () => {
  house = await openDatabaseHouse();
});
afterAll(() => house.close());

const ours = fileURLToPath(new URL('../../prisma/migrations/', import.meta.url));
const all = (await readdir(ours)).filter((name) => /^\d+_/.test(name)).sort();

/** A folder of migrations as a release brings it: these, in Prisma's layout. */
const aRelease = async (migrations: Readonly<Record<string, string>>): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'cordboard-migrations-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(migrations)) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'migration.sql'), text);
  }
  return folder;
};

/** What is said to the one who starts us. */
const refusedWith = async (migrating: Promise<unknown>): Promise<string> => {
  const outcome = await migrating.catch((error: unknown) => error);
  if (outcome instanceof MigrationRefused) return outcome.message;
  throw new Error('The migration was not refused', { cause: outcome });
};

const tablesOf = async (url: string): Promise<readonly string[]> => {
  const rows = await sql<{ name: string }>(
    url,
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
};

describe('the first start', () => {
  test('makes every table; the second finds nothing to do', async () => {
    const url = await house.empty();
    expect(await pendingMigrations(url)).toEqual(all);
    expect(await sql(url, 'SELECT 1 FROM pg_tables WHERE schemaname = $1', ['public'])).toEqual([]);
    expect(await migrate(url)).toEqual(all);
    expect(await tablesOf(url)).toEqual(
      expect.arrayContaining(['agents', 'call_records', 'customers', 'phones', 'policy_versions', 'trunks', 'users']),
    );
    expect(await migrate(url)).toEqual([]);
    expect(await pendingMigrations(url)).toEqual([]);
  });

  test('of several processes at once: one makes the tables, the others wait for it', async () => {
    const url = await house.empty();
    const before = await sqlClient(url);
    // Prisma's own lock: while somebody holds it, nobody begins.
    await before.query('SELECT pg_advisory_lock(72707369)');
    const migrating = [migrate(url), migrate(url), migrate(url)];
    await until('three who wait', async () => {
      const rows = await sql(url, `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`);
      return rows.length === 3;
    });
    expect(await tablesOf(url)).toEqual([]);
    await before.end();
    const applied = await Promise.all(migrating);
    expect(applied.toSorted((a, b) => b.length - a.length)).toEqual([all, [], []]);
  });
});

describe('an update', () => {
  const first = { '1_first': 'CREATE TABLE first ()' };

  test('adds what is new, in order, and leaves the rest alone', async () => {
    const url = await house.empty();
    await migrate(url, await aRelease(first));
    const next = await aRelease({
      ...first,
      '3_third': 'ALTER TABLE second ADD n int',
      '2_second': 'CREATE TABLE second ()',
    });
    expect(await pendingMigrations(url, next)).toEqual(['2_second', '3_third']);
    expect(await migrate(url, next)).toEqual(['2_second', '3_third']);
    expect(await tablesOf(url)).toEqual(['first', 'second']);
  });

  test('in which an applied migration reads otherwise is refused before anything is changed', async () => {
    const url = await house.empty();
    await migrate(url, await aRelease(first));
    const changed = await aRelease({ '1_first': 'CREATE TABLE first (n int)', '2_second': 'CREATE TABLE second ()' });
    expect(await refusedWith(migrate(url, changed))).toBe(
      'The file of the migration 1_first was changed after it had been applied. Restore the file.',
    );
    expect(await refusedWith(pendingMigrations(url, changed))).toContain('1_first');
    expect(await tablesOf(url)).toEqual(['first']);
  });

  test('back to an older release is refused, naming what that one does not know', async () => {
    const url = await house.empty();
    const newer = await aRelease({});
    await cp(ours, newer, { recursive: true });
    await mkdir(join(newer, '29990101000000_newer'));
    await writeFile(join(newer, '29990101000000_newer', 'migration.sql'), 'CREATE TABLE newer ()');
    await migrate(url, newer);
    const said = await refusedWith(migrate(url));
    expect(said).toContain('29990101000000_newer');
    expect(said).toContain('a newer release');
    expect(await refusedWith(pendingMigrations(url))).toBe(said);
  });

  test('that failed is undone as a whole, told with what PostgreSQL said, and gone on with when it is repaired', async () => {
    const url = await house.empty();
    const broken = await aRelease({ ...first, '2_second': 'CREATE TABLE second (); INSERT INTO nowhere VALUES (1)' });
    const said = await refusedWith(migrate(url, broken));
    expect(said).toContain('2_second');
    expect(said).toContain('relation "nowhere" does not exist');
    expect(await tablesOf(url)).toEqual(['first']);
    const repaired = await aRelease({ ...first, '2_second': 'CREATE TABLE second ()' });
    expect(await migrate(url, repaired)).toEqual(['2_second']);
  });

  test('that cannot be entered as done is undone: it would be made twice', async () => {
    const url = await house.empty();
    const unentered = await aRelease({
      ...first,
      '2_second': `CREATE TABLE second (); ALTER TABLE _prisma_migrations ADD CHECK (migration_name <> '2_second')`,
    });
    expect(await refusedWith(migrate(url, unentered))).toContain('2_second');
    expect(await tablesOf(url)).toEqual(['first']);
  });

  test('that was cut off in the middle leaves nothing half-made, and is made the next time', async () => {
    const url = await house.empty();
    const slow = await aRelease({ ...first, '2_second': 'CREATE TABLE second (); SELECT pg_sleep(60)' });
    const cutOff = expect(migrate(url, slow)).rejects.toThrow(DatabaseUnavailable);
    await until('it being in the middle', async () => {
      const rows = await sql(
        url,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event = 'PgSleep'`,
      );
      return rows.length === 1;
    });
    await cutOff;
    expect(await tablesOf(url)).toEqual(['first']);
    const quick = await aRelease({ ...first, '2_second': 'CREATE TABLE second ()' });
    expect(await migrate(url, quick)).toEqual(['2_second']);
  });

  test('that Prisma has left unfinished is not built upon until somebody says how it stands', async () => {
    const url = await house.empty();
    const release = await aRelease({ ...first, '2_second': 'CREATE TABLE second ()' });
    await migrate(url, await aRelease(first));
    await sql(
      url,
      `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('left', 'unfinished', '2_second')`,
    );
    const said = await refusedWith(migrate(url, release));
    expect(said).toContain('2_second was begun and not finished');
    expect(said).toContain('prisma migrate resolve');
    // As `prisma migrate resolve --rolled-back 2_second` does.
    await sql(url, `UPDATE _prisma_migrations SET rolled_back_at = now() WHERE id = 'left'`);
    expect(await migrate(url, release)).toEqual(['2_second']);
    expect(await migrate(url, release)).toEqual([]);
  });

  test('of which a file is missing is not taken for a PostgreSQL that is away', async () => {
    const url = await house.empty();
    const release = await aRelease(first);
    await mkdir(join(release, '2_second'));
    expect(await refusedWith(migrate(url, release))).toMatch(/2_second.*Restore the file/);
    expect(await tablesOf(url)).toEqual([]);
  });
});

describe('a DATABASE_URL that leads nowhere is named, with what is wrong', () => {
  const changed = async (change: Partial<URL>): Promise<string> =>
    Object.assign(new URL(await house.empty()), change).href;

  test.each([
    ['a wrong password', { password: 'wrong' }, 'the user name or the password'],
    ['an unknown user', { username: 'nobody' }, 'the user name or the password'],
    ['a database that is not there', { pathname: '/elsewhere' }, 'no such database'],
  ])('%s', async (_, change, because) => {
    const url = await changed(change);
    for (const ask of [migrate, pendingMigrations]) {
      const error = await ask(url).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(DatabaseUnavailable);
      expect((error as Error).message).toContain(because);
      expect((error as Error).message).toContain('DATABASE_URL');
      expect((error as Error).message).not.toContain('for-this-test-only');
    }
  });

  test('a port at which nobody listens', async () => {
    const [port = 0] = await freePorts(1);
    const url = await changed({ port: `${port}` });
    await expect(migrate(url)).rejects.toThrow(/PostgreSQL cannot be reached. Check DATABASE_URL/);
  });
});
