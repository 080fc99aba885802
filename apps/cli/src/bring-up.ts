import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Configuration, portVariables } from '@cordboard/configuration';
import {
  ensureMedia,
  ensureRoot,
  LockHeld,
  lockNow,
  type Root,
  requirePort,
  StartFailed,
  startServers,
} from '@cordboard/embedded';
import { type AppName, runApp } from './app.ts';
import type { Closing } from './closing.ts';
import { type Prepared, prepareDatabase } from './prepare-database.ts';
import type { Progress } from './progress.ts';
import { reachAsterisk } from './reach/asterisk.ts';
import { reachRedis } from './reach/redis.ts';
import { pagesUrl, waitForApi } from './wait-for-api.ts';

/** Everything, serving. */
export interface Installation {
  /** Where the pages are. */
  readonly url: string;
  /** Undefined when Asterisk is one's own. */
  readonly sip: { readonly host: string; readonly port: number } | undefined;
  /** What the database was prepared with. */
  readonly prepared: Prepared;
  /** The private root, for phones and callers of the demo; undefined when no embedded server was wanted. */
  readonly root: Root | undefined;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** All that this installation keeps. */
  readonly folder: string;
}

/** With what to bring up, and who hears of it. */
export interface BringUpOptions {
  readonly configuration: Configuration;
  readonly progress: Progress;
  /** Is given what has to be undone, as soon as there is something. */
  readonly closing: Closing;
}

/**
 * Brings up one installation: servers, database, applications.
 * @throws StartFailed, DatabaseUnavailable, MigrationRefused: one sentence each, naming what to change.
 */
export const bringUp = async ({ configuration, progress, closing }: BringUpOptions): Promise<Installation> => {
  const { home, host, ports, databaseUrl, redisUrl, ari } = configuration;
  const folder = join(home, 'data');
  await takeFolder(folder, closing);
  await requirePort('The web server', host, ports.http, portVariables.http);

  const isEmbedded = [databaseUrl, redisUrl, ari].includes(undefined);
  const root = isEmbedded
    ? await progress.step('private Debian root', (report) => ensureRoot({ home, report }))
    : undefined;
  const media =
    root !== undefined && ari === undefined
      ? await progress.step('prompts and music', (report) => ensureMedia({ root, home, report }))
      : undefined;
  const servers = await progress.step('Redis, PostgreSQL, Asterisk', async (report) => {
    if (redisUrl !== undefined) await reachRedis(redisUrl);
    if (ari !== undefined) {
      const { version, warning } = await reachAsterisk(ari, configuration.ariTransport);
      report(warning ?? `Asterisk ${version} at ARI_URL`);
    }
    return startServers({
      root,
      media,
      folder,
      host,
      ports,
      app: configuration.app,
      external: { databaseUrl, redisUrl, ari },
      report,
    });
  });
  closing.add(() => servers.stop());

  const prepared = await progress.step('database', (report) =>
    prepareDatabase(servers.environment.DATABASE_URL, report),
  );
  const url = pagesUrl(host, ports.http);
  const startApplications = async (): Promise<void> => {
    const logFolder = join(folder, 'log');
    const environment = {
      ...servers.environment,
      ARI_TRANSPORT: configuration.ariTransport,
      CORDBOARD_HOST: host,
      CORDBOARD_HTTP_PORT: String(ports.http),
      LOG_LEVEL: configuration.logLevel,
    };
    const run = async (name: AppName, knownAs: string = name) => {
      const app = await runApp({ name, knownAs, environment, logFolder, say: (line) => progress.say(`  ${line}`) });
      return () => app.stop();
    };
    const stops = await Promise.all((['stasis', 'api', 'worker'] as const).map((name) => run(name)));
    closing.add(async () => {
      await Promise.all(stops.map((stop) => stop()));
    });
    await waitForApi(url, logFolder);
    // Closed first: when all ends, nobody is to take over.
    if (configuration.standby) closing.add(await run('stasis', 'stasis-standby'));
  };
  try {
    await progress.step('applications', startApplications);
  } catch (error) {
    // It is shown this once; were it not said now, nobody would ever know it.
    const { administrator } = prepared;
    if (administrator !== undefined)
      progress.say(`The user ${administrator.username} was made, with the password ${administrator.password}.`);
    throw error;
  }
  return {
    url,
    sip: ari === undefined ? { host, port: ports.sip } : undefined,
    prepared,
    root,
    databaseUrl: servers.environment.DATABASE_URL,
    redisUrl: servers.environment.REDIS_URL,
    folder,
  };
};

/** One installation, one process: a second would write into the same files. */
const takeFolder = async (folder: string, closing: Closing): Promise<void> => {
  await mkdir(folder, { recursive: true });
  // Whoever made it: what lies in it is nobody else's business.
  await chmod(folder, 0o700);
  try {
    const held = await lockNow(join(folder, '.lock'));
    closing.add(() => held.release());
  } catch (error) {
    if (!(error instanceof LockHeld)) throw error;
    throw new StartFailed(
      `Cordboard already runs with this folder (process ${error.pid ?? 'unknown'}): stop it, or set CORDBOARD_HOME to another folder.`,
    );
  }
};
