import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Redis } from '../foundations.ts';
import { Refusal } from '../http/refusal.ts';
import { networkOf } from './host.ts';

/** How often a password may be tried. Counted in Redis, so that all API processes count together; here, while Redis is away. */
export interface Attempts {
  /** Counts one attempt. @throws Refusal `too-many-attempts` */
  count(address: string, username: string): Promise<void>;
  /** It was the right password after all: what was counted against this user name is forgotten. */
  succeeded(address: string, username: string): Promise<void>;
}

const windowS = 15 * 60;
/** A user name: enough for a forgetful person, too few to guess a password. */
const perUsername = 10;
/** An address: a whole office may sit behind one. */
const perAddress = 60;

export const createAttempts = (redis: Redis): Attempts => {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterRedis({
      storeClient: redis,
      keyPrefix,
      points,
      duration: windowS,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory({ keyPrefix, points, duration: windowS }),
    });
  const byAddress = limiter('cordboard:attempts:address', perAddress);
  const byUsername = limiter('cordboard:attempts:username', perUsername);

  return {
    async count(address, username) {
      try {
        await byAddress.consume(networkOf(address));
        await byUsername.consume(username);
      } catch (refused) {
        if (refused instanceof Error) throw refused;
        const seconds = Math.ceil((refused as RateLimiterRes).msBeforeNext / 1000);
        throw new Refusal('too-many-attempts', `Wait ${Math.ceil(seconds / 60)} min, then try again.`, {
          headers: { 'retry-after': String(seconds) },
        });
      }
    },
    async succeeded(address, username) {
      await Promise.all([byAddress.reward(networkOf(address)), byUsername.delete(username)]);
    },
  };
};
