import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandFailed } from '../command.ts';
import { exists } from '../files.ts';
import { requirePort } from '../ports.ts';
import { insideFolder } from '../root/enter.ts';
import type { Root } from '../root/root.ts';
import { StartFailed } from '../start-failed.ts';
import { type Server, serving } from './server.ts';
import { postgresName as name, postgresUrl } from './urls.ts';

/** How to start PostgreSQL. */
export interface PostgresOptions {
  readonly root: Root;
  /** Its own folder on the host. */
  readonly folder: string;
  readonly host?: string;
  readonly port: number;
  readonly password: string;
  /** Whether a commit waits for the disk. Only tests may say no. */
  readonly durable?: boolean;
}

const programs = '/usr/lib/postgresql/18/bin';
const inside = { cluster: `${insideFolder}/cluster`, password: `${insideFolder}/password` } as const;

/**
 * Starts PostgreSQL, with its cluster and its one database made at the first time.
 * @throws StartFailed with one sentence naming what to change.
 */
export const startPostgres = async (options: PostgresOptions): Promise<Server> => {
  const { root, folder, port, password, host = '127.0.0.1', durable = true } = options;
  await requirePort('PostgreSQL', host, port, 'CORDBOARD_POSTGRES_PORT');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const asServer = { folder, user: 'server' } as const;
  if (!(await exists(join(folder, 'cluster')))) await initialise(options, asServer);
  else await root.giveToServers(folder);
  const settings = {
    listen_addresses: host,
    port: String(port),
    unix_socket_directories: '',
    ...(durable ? {} : { fsync: 'off' }),
  };
  const child = root.spawn(
    `${programs}/postgres`,
    ['-D', inside.cluster, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    // SIGINT is its "fast" shutdown: sessions are ended, everything is written (postgres(1)).
    { ...asServer, whenOrphaned: 'SIGINT' },
  );
  const url = postgresUrl(port, password, host);
  const server = await serving({
    name: 'PostgreSQL',
    child,
    url,
    logFile: join(folder, 'postgres.log'),
    stopSignal: 'SIGINT',
    stopWithinMs: 15_000,
    ready: (lines) =>
      new Promise((resolve) => {
        lines((line) => {
          if (line.includes('database system is ready to accept connections')) resolve();
        });
      }),
    readyWithinMs: 60_000,
    remedy: `see ${folder}/postgres.log; if its data are damaged, set CORDBOARD_HOME to a fresh folder, or remove this one`,
  });
  try {
    await ensureDatabase(options, asServer, host);
  } catch (error) {
    await server.stop();
    if (!(error instanceof CommandFailed)) throw error;
    throw new StartFailed(
      `PostgreSQL refuses the password of ${folder}/../secrets.json (${error.stderr.trim()}): restore that file, or set CORDBOARD_HOME to a fresh folder.`,
    );
  }
  return server;
};

type AsServer = { readonly folder: string; readonly user: 'server' };

/** The cluster gets its name when it is complete, so that an interrupted start leaves nothing half-made. */
const initialise = async ({ root, folder, password }: PostgresOptions, asServer: AsServer): Promise<void> => {
  const passwordFile = join(folder, 'password');
  await rm(join(folder, 'cluster.partial'), { recursive: true, force: true });
  await writeFile(passwordFile, password, { mode: 0o600 });
  await root.giveToServers(folder);
  const partial = `${inside.cluster}.partial`;
  const initdb = [
    `${programs}/initdb`,
    `--pgdata=${partial}`,
    `--username=${name}`,
    `--pwfile=${inside.password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
  ];
  try {
    await root.run('sh', ['-ec', `"$@" && mv ${partial} ${inside.cluster}`, 'sh', ...initdb], asServer);
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    throw new StartFailed(
      `PostgreSQL could not make its folder ${folder} (${error.message}): check the free disk space, or set CORDBOARD_HOME to a fresh folder.`,
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
};

/** Also the proof that PostgreSQL answers a query from someone who knows the password. */
const ensureDatabase = async (
  { root, port, password }: PostgresOptions,
  asServer: AsServer,
  host: string,
): Promise<void> => {
  const psql = (...args: readonly string[]) =>
    root.run('psql', ['-h', host, '-p', String(port), '-U', name, '-d', 'postgres', '-qAt', ...args], {
      ...asServer,
      env: { PGPASSWORD: password },
    });
  const found = await psql('-c', `select 1 from pg_database where datname = '${name}'`);
  if (found.stdout.trim() !== '1') await psql('-c', `create database ${name}`);
};
