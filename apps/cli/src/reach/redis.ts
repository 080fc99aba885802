import { StartFailed } from '@cordboard/embedded';
import { connectRedis } from '@cordboard/redis';

const withinMs = 5000;

/**
 * Makes sure that a Redis of one's own can be used.
 * @throws StartFailed with one sentence naming what to change.
 */
export const reachRedis = (url: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const end = (because?: string): void => {
      clearTimeout(tooLate);
      redis.disconnect();
      if (because === undefined) resolve();
      else reject(new StartFailed(because));
    };
    const tooLate = setTimeout(
      () => end(`Redis did not answer within ${withinMs / 1000} s: check REDIS_URL, and the firewall between.`),
      withinMs,
    );
    const redis = connectRedis(url, {
      name: 'cli',
      onReady: () => end(),
      onError: ({ message }) =>
        end(
          /WRONGPASS|NOAUTH/.test(message)
            ? 'Redis refuses the password: correct it in REDIS_URL (redis://:password@host:port).'
            : `Redis cannot be reached (${message}): check REDIS_URL, and that Redis is running.`,
        ),
    });
  });
