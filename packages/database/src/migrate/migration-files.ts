import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One step of the database's shape, as Prisma lays it out: `<stamp>_<name>/migration.sql`. */
export interface MigrationFile {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file in hexadecimal: Prisma's checksum. */
  readonly checksum: string;
}

/** The same distance from `src` and from `dist`. */
export const migrationsFolder = fileURLToPath(new URL('../../../../prisma/migrations/', import.meta.url));

/** In order of their stamps. */
export const readMigrations = async (folder = migrationsFolder): Promise<readonly MigrationFile[]> => {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
};
