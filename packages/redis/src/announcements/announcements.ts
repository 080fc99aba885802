import type { Announcements } from '@cordboard/application';
import type { Directory, Policy } from '@cordboard/core';
import type { Redis } from 'ioredis';
import { anotherConnection } from '../connection.ts';
import { keys } from '../keys.ts';
import { asking, RedisUnavailable } from '../unavailable.ts';
import type { Announcement } from './announce.ts';

type Listener = Parameters<Announcements['onChange']>[0];

/**
 * The policy and the directory as last announced. Whenever the connection comes about, listeners are told of everything
 * once, since nobody knows what was announced before. The three readers throw `RedisUnavailable`.
 */
export const createAnnouncements = (redis: Redis): Announcements & { close(): void } => {
  const listeners = new Set<Listener>();
  const subscriber = anotherConnection(redis, 'announcements');
  const tell = (what: Announcement): void => {
    for (const listener of listeners) listener(what);
  };

  const listen = async (): Promise<void> => {
    await asking(subscriber.subscribe(keys.announcements));
    for (const what of everything) tell(what);
  };
  subscriber.on('ready', () => void listen().catch(unlessLostAgain));
  subscriber.on('message', (_channel: string, what: string) => {
    const known = everything.find((one) => one === what);
    if (known !== undefined) tell(known);
  });

  const read = async <Document>(key: string): Promise<Document | undefined> => {
    const text = await asking(redis.get(key));
    return text === null ? undefined : (JSON.parse(text) as Document);
  };
  return {
    policy: () => read<Policy>(keys.policy),
    policyOf: (version) => read<Policy>(keys.policyOf(version)),
    directory: () => read<Directory>(keys.directory),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => subscriber.disconnect(),
  };
};

const everything: readonly Announcement[] = ['policy', 'directory', 'provisioning', 'messages'];

/** A subscription cut off by another loss is made at the next connection. */
const unlessLostAgain = (error: unknown): void => {
  if (!(error instanceof RedisUnavailable)) throw error;
};
