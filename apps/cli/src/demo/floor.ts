import { setTimeout as pause } from 'node:timers/promises';
import { askControl, createExchangeStore, RedisUnavailable } from '@cordboard/redis';

type Redis = Parameters<typeof askControl>[0];
type Presence = Awaited<ReturnType<ReturnType<typeof createExchangeStore>['load']>>['agents'][number]['presence']['is'];

/** What call control knows of the people on the floor. */
export interface Floor {
  /** What each agent is who was ever there, by id. */
  presences(): Promise<ReadonlyMap<string, Presence>>;
  /** Signs an agent out, whatever they are doing; who is out stays out. */
  signOut(agent: string): Promise<void>;
  /** Resolves when no call is left, or when that takes too long. */
  isEmpty(): Promise<void>;
}

const emptyWithinMs = 3000;
const lookEveryMs = 50;

/** The floor, seen through Redis. */
export const floorOf = (redis: Redis): Floor => {
  const store = createExchangeStore(redis);
  return {
    async presences() {
      const { agents } = await store.load();
      return new Map(agents.map(({ id, presence }) => [id, presence.is]));
    },
    async signOut(agent) {
      await askControl(redis, { type: 'agent-state', agent, request: { to: 'sign-out' } }, 'demo');
    },
    async isEmpty() {
      const giveUpAt = Date.now() + emptyWithinMs;
      try {
        while ((await store.load()).calls.length > 0 && Date.now() < giveUpAt) await pause(lookEveryMs);
      } catch (error) {
        // Without Redis nobody knows, and everything ends anyway.
        if (!(error instanceof RedisUnavailable)) throw error;
      }
    },
  };
};
