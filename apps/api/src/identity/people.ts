import type { Session } from '@cordboard/contracts';
import { DatabaseUnavailable, type Users } from '@cordboard/database';
import type { Sessions } from '@cordboard/redis';

/** Somebody who is signed in. */
export interface Person {
  readonly token: string;
  readonly session: Session;
  readonly user: Session['user'];
}

/** Who is behind a session, as of now: the role is the one the user has today, not the one they signed in with. */
export interface People {
  /** @returns undefined when the session has ended, or its user is no more. @throws RedisUnavailable */
  find(token: string): Promise<Person | undefined>;
  /** What is remembered of a user is no longer so. */
  changed(user: string): void;
}

/** A change made past us, in the database, is noticed after this. */
const freshMs = 2000;
/** Longer than this no request waits for PostgreSQL to say who somebody is: then what was last known holds. */
const patienceMs = 300;

type User = Session['user'];
interface Remembered {
  /** undefined: there is no such user any more. */
  readonly user: User | undefined;
  readonly at: number;
}

export const createPeople = (sessions: Sessions, users: Pick<Users, 'byId'>, now: () => number = Date.now): People => {
  const remembered = new Map<string, Remembered>();

  const ask = async (id: string): Promise<void> => {
    const at = now();
    try {
      remembered.set(id, { user: await users.byId(id), at });
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error;
      const last = remembered.get(id);
      if (last !== undefined) remembered.set(id, { ...last, at });
    }
  };

  const lookUp = async (asSignedIn: User): Promise<User | undefined> => {
    const known = remembered.get(asSignedIn.id);
    if (known !== undefined && now() - known.at < freshMs) return known.user;
    forgetOld();
    await Promise.race([ask(asSignedIn.id), new Promise((resolve) => setTimeout(resolve, patienceMs))]);
    const answer = remembered.get(asSignedIn.id);
    return answer === undefined ? asSignedIn : answer.user;
  };

  const forgetOld = (): void => {
    const before = now() - 60_000;
    for (const [id, { at }] of remembered) if (at < before) remembered.delete(id);
  };

  return {
    async find(token) {
      const session = await sessions.find(token);
      if (session === undefined) return undefined;
      const user = await lookUp(session.user);
      if (user === undefined) {
        await sessions.revokeAllOf(session.user.id);
        return undefined;
      }
      return { token, session: { ...session, user }, user };
    },
    changed: (user) => {
      remembered.delete(user);
    },
  };
};
