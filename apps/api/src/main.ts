import { fileURLToPath } from 'node:url';
import { readServiceConfiguration } from '@cordboard/configuration';
import { connectDatabase, createSoundFiles } from '@cordboard/database';
import { connectRedis } from '@cordboard/redis';
import { live } from '@cordboard/service';
import { createLogger, createMetrics } from '@cordboard/telemetry';
import { CannotListen, listen } from './listen.ts';
import { createApiServer } from './server.ts';

/** The same distance from `src` and from `dist`. */
const builtPages = fileURLToPath(new URL('../../web/dist/', import.meta.url));

live(
  async ({ atEnd, signal }) => {
    const configuration = readServiceConfiguration(process.env);
    const { redisUrl, databaseUrl, http, logLevel, webRoot = builtPages } = configuration;
    const log = createLogger({ name: 'api', level: logLevel });
    atEnd(() => log.info('stopped'));
    signal.addEventListener('abort', () => log.info('asked to stop'));

    const redis = connectRedis(redisUrl, {
      name: 'api',
      onError: (error) => log.warn({ err: error }, 'Redis is away'),
      onReady: () => log.info('Redis is there'),
    });
    atEnd(() => redis.disconnect());
    const database = connectDatabase(databaseUrl);
    atEnd(() => database.close());
    const sounds = createSoundFiles(configuration.dataFolder);
    const api = createApiServer({ redis, database, sounds, log, metrics: createMetrics('api'), webRoot });
    atEnd(() => api.close());
    await listen(api.http, http);
    log.info(http, 'the API answers');
  },
  [CannotListen],
);
