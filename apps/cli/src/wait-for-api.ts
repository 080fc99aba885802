import { setTimeout as delay } from 'node:timers/promises';
import { StartFailed } from '@cordboard/embedded';

const withinMs = 30_000;
const everyMs = 50;

/** What is listened to at all addresses is found, on this machine, at the loopback's. */
export const visitedHost = (host: string): string => ({ '0.0.0.0': '127.0.0.1', '::': '::1' })[host] ?? host;

/** The pages' address for someone on this machine. */
export const pagesUrl = (host: string, port: number): string => `http://${hostAndPort(host, port)}`;

/** As it stands in a URL, for someone on this machine. */
export const hostAndPort = (host: string, port: number): string => {
  const visited = visitedHost(host);
  return `${visited.includes(':') ? `[${visited}]` : visited}:${port}`;
};

/**
 * Waits for the API to say that it, and all it needs, is ready.
 * @throws StartFailed with the last thing that it said.
 */
export const waitForApi = async (url: string, logFolder: string): Promise<void> => {
  const giveUpAt = Date.now() + withinMs;
  let last = 'it does not answer';
  while (Date.now() < giveUpAt) {
    try {
      const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) });
      last = `${response.status} ${(await response.text()).slice(0, 300)}`;
      if (response.ok) return;
    } catch (error) {
      // Nobody listens yet, or it is too busy to answer in time.
      if (!(error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError'))) throw error;
    }
    await delay(everyMs);
  }
  throw new StartFailed(
    `The API was not ready within ${withinMs / 1000} s (${last}): see the logs in ${logFolder}, and run npm run doctor.`,
  );
};
