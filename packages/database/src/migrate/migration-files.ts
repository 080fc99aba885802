import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MigrationRefused } from './refused.ts';

/** One step of the database's shape, as Prisma lays it out: `<stamp>_<name>/migration.sql`. */
export interface MigrationFile {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file in hexadecimal: Prisma's checksum. */
  readonly checksum: string;
}

/** The same distance from `src` and from `dist`. */
export const migrationsFolder = fileURLToPath(new URL('../../../../prisma/migrations/', import.meta.url));

/**
 * In order of their stamps.
 * @throws MigrationRefused when a migration has no file.
 */
export const readMigrations = async (folder = migrationsFolder): Promise<readonly MigrationFile[]> => {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await textOf(join(folder, name, 'migration.sql'));
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
};

const textOf = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new MigrationRefused(`A migration cannot be read (${(error as Error).message}). Restore the file.`, {
      cause: error,
    });
  }
};
