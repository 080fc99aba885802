import { setMaxListeners } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Configuration } from '@cordboard/configuration';
import { connectDatabase } from '@cordboard/database';
import { connectRedis, whenReady } from '@cordboard/redis';
import type { Installation } from '../bring-up.ts';
import type { Closing } from '../closing.ts';
import { visitedHost } from '../wait-for-api.ts';
import { atDesk } from './at-desk.ts';
import { keepCalling } from './callers.ts';
import { castFrom } from './cast.ts';
import { Dice } from './dice.ts';
import { floorOf } from './floor.ts';
import { type DemoOptions, DemoRefused } from './options.ts';
import { planCalls } from './plan.ts';

/** What the demo is played in. */
export interface OpenDemoOptions extends DemoOptions {
  readonly installation: Installation;
  /** Is given how everybody hangs up and goes home. */
  readonly closing: Closing;
  /** Somebody whose phone fails; the others go on. */
  readonly onFailure: (who: string, error: unknown) => void;
}

/** A contact centre at work. */
export interface Demo {
  /** How many are at their desks. */
  readonly agents: number;
}

const redisWithinMs = 5000;

/** @throws DemoRefused when the demo could not be played there. */
export const requireStage = ({ ari, host }: Pick<Configuration, 'ari' | 'host'>): void => {
  if (ari !== undefined) throw new DemoRefused('The demo needs the embedded Asterisk: unset ARI_URL.');
  if (host.includes(':'))
    throw new DemoRefused("The demo's phones speak IPv4: set CORDBOARD_HOST to an IPv4 address, such as 127.0.0.1.");
};

/**
 * Puts people at desk phones, and lets others call.
 * @throws DemoRefused when this installation has nobody to play with.
 */
export const openDemo = async (options: OpenDemoOptions): Promise<Demo> => {
  const { installation, closing, seed, onFailure } = options;
  const { root, sip, folder: dataFolder } = installation;
  if (root === undefined || sip === undefined) throw new TypeError('the demo needs the embedded Asterisk');
  const database = connectDatabase(installation.databaseUrl);
  const { agents, carrier, world } = await castFrom(database, options.agents).finally(() => database.close());
  const exchange = { host: visitedHost(sip.host), port: sip.port };
  const folder = join(dataFolder, 'demo');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  closing.add(() => rm(folder, { recursive: true, force: true }));

  const redis = connectRedis(installation.redisUrl, { name: 'demo' });
  closing.add(async () => redis.disconnect());
  await whenReady(redis, redisWithinMs);
  const floor = floorOf(redis);
  closing.add(() => floor.isEmpty());
  const stopping = new AbortController();
  const { signal } = stopping;
  // As many listeners as there are people.
  setMaxListeners(0, signal);

  const presences = await floor.presences();
  const desks = agents.map((seat, index) =>
    atDesk({
      ...seat,
      presence: presences.get(seat.id),
      spawn: root.spawn,
      folder,
      exchange,
      dice: new Dice(seed + 1 + index),
      signal,
      onFailure: (error) => onFailure(`desk phone ${seat.extension}`, error),
    }),
  );
  closing.add(async () => {
    stopping.abort();
    await Promise.all(agents.map(({ id }) => floor.signOut(id)));
    await Promise.all(desks.map((desk) => desk.leave()));
  });
  const seated = (await Promise.all(desks.map(({ ready }) => ready))).filter((isReady) => isReady).length;
  if (seated === 0 && !signal.aborted)
    throw new DemoRefused('No desk phone could be used (see above): run npm run doctor.');

  const calling = keepCalling({
    spawn: root.spawn,
    folder,
    exchange,
    carrier,
    plans: planCalls(new Dice(seed), options.rate, world),
    signal,
    onFailure: (error) => onFailure('a caller', error),
  });
  closing.add(async () => {
    stopping.abort();
    await calling;
  });
  return { agents: seated };
};
