import { createHash, randomBytes } from 'node:crypto';
import { Session } from '@cordboard/contracts';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { keys } from '../keys.ts';
import { asking, together } from '../unavailable.ts';

/** Web sessions. Only the hash of a token is kept, so that reading Redis lets nobody in. All methods throw `RedisUnavailable`. */
export interface Sessions {
  /** @returns the token for the cookie, 256 random bits in base64url, and what the page gets to know. */
  create(user: Session['user']): Promise<{ readonly token: string; readonly session: Session }>;
  /** @returns undefined when unknown, revoked or expired; otherwise the session lives on for `sessionIdleMs`. */
  find(token: string): Promise<Session | undefined>;
  revoke(token: string): Promise<void>;
  /** After a change of password, role or name: every session of this user ends. */
  revokeAllOf(user: string): Promise<void>;
}

/** A session unused for this long ends. */
export const sessionIdleMs = 12 * 3_600_000;
/** A session ends after this, used or not: https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#absolute-timeout */
export const sessionLifeMs = 7 * 24 * 3_600_000;

export const createSessions = (redis: Redis): Sessions => ({
  async create(user) {
    const token = randomToken();
    const hash = hashOf(token);
    const stored: Stored = { user, csrfToken: randomToken(), createdAt: Date.now() };
    await together(
      redis
        .multi()
        .set(keys.session(hash), JSON.stringify(stored), 'PX', sessionIdleMs)
        .zremrangebyscore(keys.sessionsOf(user.id), '-inf', stored.createdAt - sessionLifeMs)
        .zadd(keys.sessionsOf(user.id), stored.createdAt, hash)
        .pexpire(keys.sessionsOf(user.id), sessionLifeMs),
    );
    return { token, session: visible(stored) };
  },

  async find(token) {
    const key = keys.session(hashOf(token));
    const text = await asking(redis.getex(key, 'PX', sessionIdleMs));
    if (text === null) return undefined;
    const stored = Stored.parse(JSON.parse(text));
    if (Date.now() - stored.createdAt < sessionLifeMs) return visible(stored);
    await asking(redis.del(key));
    return undefined;
  },

  async revoke(token) {
    const hash = hashOf(token);
    const text = await asking(redis.getdel(keys.session(hash)));
    if (text !== null) await asking(redis.zrem(keys.sessionsOf(Stored.parse(JSON.parse(text)).user.id), hash));
  },

  async revokeAllOf(user) {
    const hashes = await asking(redis.zrange(keys.sessionsOf(user), 0, -1));
    await asking(redis.del(keys.sessionsOf(user), ...hashes.map(keys.session)));
  },
});

const Stored = Session.extend({ createdAt: z.number() });
type Stored = z.infer<typeof Stored>;

const visible = ({ user, csrfToken }: Stored): Session => ({ user, csrfToken });

const randomToken = (): string => randomBytes(32).toString('base64url');
const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
