import { RedisUnavailable } from '@cordboard/redis';
import type { Log } from '../foundations.ts';
import type { People, Person } from '../identity/people.ts';
import type { PageServer } from './page-socket.ts';

/** With the time that a look takes, well within the 5 s that a revoked session may go on. */
const everyMs = 2000;

/**
 * Cuts off the sockets of sessions that have ended, and of people whose role has changed: their pages connect anew, with
 * what they may see now. @returns how to stop.
 */
export const cutRevoked = (io: PageServer, { people, log }: { people: People; log: Log }): (() => void) => {
  let isLooking = false;
  const look = async (): Promise<void> => {
    isLooking = true;
    try {
      const found = new Map<string, Promise<Person | undefined>>();
      for (const socket of io.sockets.sockets.values()) {
        const { token, user } = socket.data.person;
        const asking = found.get(token) ?? people.find(token);
        found.set(token, asking);
        const now = await asking;
        if (now?.user.role !== user.role || now.user.agentId !== user.agentId) socket.disconnect(true);
      }
    } catch (error) {
      // While Redis is away nobody can sign out either.
      if (!(error instanceof RedisUnavailable)) log.error({ err: error }, 'sessions of sockets could not be looked at');
    } finally {
      isLooking = false;
    }
  };
  const timer = setInterval(() => {
    if (!isLooking) void look();
  }, everyMs);
  return () => clearInterval(timer);
};
