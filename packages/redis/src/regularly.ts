import { RedisUnavailable } from './unavailable.ts';

/**
 * Does something every so often. While Redis is away it is not done, which the connection has told already.
 * @param onError told of anything else that goes wrong. @returns how to stop.
 */
export const regularly = (
  everyMs: number,
  work: () => Promise<void>,
  onError: (error: Error) => void,
): (() => void) => {
  const timer = setInterval(() => {
    work().catch((error: unknown) => {
      if (!(error instanceof RedisUnavailable)) onError(error as Error);
    });
  }, everyMs);
  return () => clearInterval(timer);
};
