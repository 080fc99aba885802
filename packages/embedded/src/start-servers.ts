import { join } from 'node:path';
import type { Media } from './media/ensure-media.ts';
import { quietly, type Report } from './report.ts';
import type { Root } from './root/root.ts';
import { ensureSecrets, type Secrets } from './secrets.ts';
import { type Asterisk, startAsterisk } from './servers/asterisk.ts';
import { type Lasting, lasting } from './servers/lasting.ts';
import { startPostgres } from './servers/postgres.ts';
import { startRedis } from './servers/redis.ts';
import type { Server } from './servers/server.ts';
import { ariUrl, ariUser, postgresUrl, redisUrl } from './servers/urls.ts';

/** Servers of one's own: each that is given is used, and its embedded sister is not started. */
export interface ExternalServers {
  readonly databaseUrl?: string | undefined;
  readonly redisUrl?: string | undefined;
  readonly ari?: { readonly url: string; readonly user: string; readonly password: string } | undefined;
}

/** What to bring up, and where. */
export interface StartServersOptions {
  /** Undefined only when all servers are one's own. */
  readonly root: Root | undefined;
  /** Undefined only when Asterisk is one's own. */
  readonly media: Media | undefined;
  /** All data of this installation, and its secrets. */
  readonly folder: string;
  /** Where SIP and media listen; the rest is on loopback whatever this says. */
  readonly host?: string;
  readonly ports: {
    readonly sip: number;
    readonly ari: number;
    readonly redis: number;
    readonly postgres: number;
    readonly rtp: { readonly first: number; readonly last: number };
  };
  /** The ARI application; `cordboard-1` unless said otherwise. */
  readonly app?: string;
  readonly external?: ExternalServers;
  /** Whether a commit waits for the disk. Only tests may say no. */
  readonly durable?: boolean;
  readonly report?: Report;
}

/** Redis, PostgreSQL and Asterisk, serving. */
export interface Servers {
  /** Undefined where a server of one's own is used. */
  readonly redis: Lasting<Server> | undefined;
  readonly postgres: Lasting<Server> | undefined;
  readonly asterisk: Lasting<Asterisk> | undefined;
  /** What the processes of the application find in their environment. */
  readonly environment: ServerEnvironment;
  /** Ends them: Asterisk, then PostgreSQL, then Redis. */
  stop(): Promise<void>;
}

/** How to reach the servers, as environment variables. */
export type ServerEnvironment = Readonly<
  Record<'REDIS_URL' | 'DATABASE_URL' | 'ARI_URL' | 'ARI_USER' | 'ARI_PASSWORD' | 'CORDBOARD_APP', string>
>;

/** Calls end before what is known of them can no longer be kept. */
const stopOrder = ['Asterisk', 'PostgreSQL', 'Redis'] as const;

/**
 * Brings up the servers that are not given. When one fails, those already up are stopped again.
 * @throws StartFailed with one sentence naming what to change.
 */
export const startServers = async (options: StartServersOptions): Promise<Servers> => {
  const { root, media, folder, ports, external = {}, app = 'cordboard-1', report = quietly } = options;
  const secrets = await ensureSecrets(folder);
  const started = new Map<string, { stop(): Promise<void> }>();
  const stop = async (): Promise<void> => {
    for (const name of stopOrder) await started.get(name)?.stop();
  };
  const begin = async <S extends Server>(
    name: (typeof stopOrder)[number],
    start: () => Promise<S>,
  ): Promise<Lasting<S>> => {
    const server = await lasting(name, start, report);
    started.set(name, server);
    return server;
  };
  // Side by side, and each to its end: one that fails must not leave behind another that is half up.
  const outcomes = await Promise.allSettled([
    external.redisUrl === undefined
      ? begin('Redis', () =>
          startRedis({ root: needed(root), folder: join(folder, 'redis'), port: ports.redis, password: secrets.redis }),
        )
      : undefined,
    external.databaseUrl === undefined
      ? begin('PostgreSQL', () =>
          startPostgres({
            root: needed(root),
            folder: join(folder, 'postgres'),
            port: ports.postgres,
            password: secrets.postgres,
            durable: options.durable ?? true,
          }),
        )
      : undefined,
    external.ari === undefined
      ? begin('Asterisk', () =>
          startAsterisk({
            root: needed(root),
            media: needed(media),
            folder: join(folder, 'asterisk'),
            ports,
            ari: { user: ariUser, password: secrets.ari },
            app,
            ...(options.host === undefined ? {} : { host: options.host }),
          }),
        )
      : undefined,
  ]);
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure !== undefined) {
    await stop();
    throw failure.reason;
  }
  const [redis, postgres, asterisk] = [fulfilled(outcomes[0]), fulfilled(outcomes[1]), fulfilled(outcomes[2])];
  return {
    redis,
    postgres,
    asterisk,
    environment: serverEnvironment({ secrets, ports, external, app }),
    stop,
  };
};

/** What the environment of an installation is made of. */
export interface EnvironmentParts {
  readonly secrets: Secrets;
  readonly ports: Pick<StartServersOptions['ports'], 'ari' | 'redis' | 'postgres'>;
  readonly external: ExternalServers;
  readonly app: string;
}

/** How to reach the servers of an installation, started or not. */
export const serverEnvironment = ({ secrets, ports, external, app }: EnvironmentParts): ServerEnvironment => {
  const ari = external.ari ?? { url: ariUrl(ports.ari), user: ariUser, password: secrets.ari };
  return {
    REDIS_URL: external.redisUrl ?? redisUrl(ports.redis, secrets.redis),
    DATABASE_URL: external.databaseUrl ?? postgresUrl(ports.postgres, secrets.postgres),
    ARI_URL: ari.url,
    ARI_USER: ari.user,
    ARI_PASSWORD: ari.password,
    CORDBOARD_APP: app,
  };
};

const fulfilled = <Value>(outcome: PromiseSettledResult<Value>): Value | undefined =>
  outcome.status === 'fulfilled' ? outcome.value : undefined;

const needed = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new TypeError('an embedded server needs the root, and Asterisk the media');
  return value;
};
