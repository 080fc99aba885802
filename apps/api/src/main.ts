import { fileURLToPath } from 'node:url';
import { ConfigurationError, readServiceConfiguration } from '@cordboard/configuration';
import { connectDatabase } from '@cordboard/database';
import { connectRedis } from '@cordboard/redis';
import { createLogger, createMetrics } from '@cordboard/telemetry';
import { CannotListen, listen } from './listen.ts';
import { createApiServer } from './server.ts';
import { onceAskedToStop } from './stop.ts';

/** The same distance from `src` and from `dist`. */
const builtPages = fileURLToPath(new URL('../../web/dist/', import.meta.url));

const run = async (): Promise<void> => {
  const { redisUrl, databaseUrl, http, logLevel, webRoot = builtPages } = readServiceConfiguration(process.env);
  const log = createLogger({ name: 'api', level: logLevel });
  const redis = connectRedis(redisUrl, {
    name: 'api',
    onError: (error) => log.warn({ err: error }, 'Redis is away'),
    onReady: () => log.info('Redis is there'),
  });
  const database = connectDatabase(databaseUrl);
  const api = createApiServer({ redis, database, log, metrics: createMetrics('api'), webRoot });
  await listen(api.http, http);
  log.info(http, 'the API answers');

  onceAskedToStop(async (signal) => {
    log.info({ signal }, 'asked to stop');
    await api.close();
    redis.disconnect();
    await database.close();
    log.info('stopped');
  });
};

run().catch((error: unknown) => {
  if (!(error instanceof ConfigurationError || error instanceof CannotListen)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
