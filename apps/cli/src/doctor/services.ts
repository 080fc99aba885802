import { join } from 'node:path';
import type { Configuration } from '@cordboard/configuration';
import { ensureSecrets, type ServerEnvironment, serverEnvironment } from '@cordboard/embedded';
import { databaseState } from '../prepare-database.ts';
import { reachAsterisk } from '../reach/asterisk.ts';
import { reachRedis } from '../reach/redis.ts';
import { pagesUrl } from '../wait-for-api.ts';
import { attempt, broken, type Finding, fine, warning } from './finding.ts';

const whenStarted = 'embedded: npm start starts it';

/** The three servers: one's own by their URL, the embedded ones while they run. */
export const checkServers = async (configuration: Configuration, isRunning: boolean): Promise<readonly Finding[]> => {
  const { databaseUrl, redisUrl, ari, ports, home, app } = configuration;
  const external = { databaseUrl, redisUrl, ari };
  const environment = isRunning
    ? serverEnvironment({ secrets: await ensureSecrets(join(home, 'data')), ports, external, app })
    : undefined;
  return [
    await checkRedis(redisUrl ?? environment?.REDIS_URL),
    await checkDatabase(databaseUrl ?? environment?.DATABASE_URL),
    await checkAsterisk(configuration, environment),
  ];
};

const checkRedis = (url: string | undefined): Promise<Finding> =>
  attempt('Redis', async () => {
    if (url === undefined) return fine('Redis', whenStarted);
    await reachRedis(url);
    return fine('Redis', `answers at ${new URL(url).host}`);
  });

const checkDatabase = (url: string | undefined): Promise<Finding> =>
  attempt('PostgreSQL', async () => {
    if (url === undefined) return fine('PostgreSQL', whenStarted);
    const { host } = new URL(url);
    const pending = await databaseState(url);
    return pending.length === 0
      ? fine('PostgreSQL', `answers at ${host}, and its tables are those of this release`)
      : warning('PostgreSQL', `answers at ${host}; npm start will apply ${pending.join(', ')}`);
  });

const checkAsterisk = (
  { ari, ariTransport }: Configuration,
  environment: ServerEnvironment | undefined,
): Promise<Finding> =>
  attempt('Asterisk', async () => {
    const access =
      ari ??
      (environment === undefined
        ? undefined
        : { url: environment.ARI_URL, user: environment.ARI_USER, password: environment.ARI_PASSWORD });
    if (access === undefined) return fine('Asterisk', whenStarted);
    const reached = await reachAsterisk(access, ariTransport);
    return reached.warning === undefined
      ? fine('Asterisk', `${reached.version} answers at ${new URL(access.url).host}`)
      : warning('Asterisk', reached.warning);
  });

/** The applications, while they run: the API knows of the others. */
export const checkApplications = ({ host, ports }: Configuration, isRunning: boolean): Promise<Finding> =>
  attempt('Applications', async () => {
    if (!isRunning) return fine('Applications', 'not running: npm start starts them');
    const url = pagesUrl(host, ports.http);
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5000) }).catch((error: unknown) => {
      if (!(error instanceof Error)) throw error;
      return error;
    });
    if (response instanceof Error)
      return broken('Applications', `nobody answers at ${url}: see the logs beside the data, and start again`);
    return response.ok
      ? fine('Applications', `ready at ${url}`)
      : broken('Applications', `${url}/readyz says ${response.status}: ${(await response.text()).slice(0, 300)}`);
  });
