import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { aFault, appFaults, type Fault } from './fault.ts';
import type { World } from './world.ts';

const redisOf = ({ house }: World) => needed(house.servers.redis);
const postgresOf = ({ house }: World) => needed(house.servers.postgres);

const needed = <Server>(server: Server | undefined): Server => {
  if (server === undefined) throw new TypeError('a house with servers of its own');
  return server;
};

/** Where the house keeps what its servers write. */
const dataOf = ({ house }: World): string => dirname(house.asterisk.folder);

/** How long what is said to Asterisk, and by it, is under way, and what share of what it tells is lost. */
const slowMs = 150;
const lostShare = 0.2;

const serverFaults: readonly Fault[] = [
  aFault({
    name: 'Redis is killed',
    targets: ['redis'],
    async inflict(world) {
      redisOf(world).kill('SIGKILL');
      // At once: one that is killed again and again would be left alone for ever longer.
      await redisOf(world).restart();
    },
  }),
  aFault({
    name: 'Redis is killed and its data are gone',
    targets: ['redis'],
    async inflict(world) {
      const redis = redisOf(world);
      redis.kill('SIGKILL');
      await redis.stop();
      await rm(join(dataOf(world), 'redis', 'data'), { recursive: true });
      await redis.restart();
    },
  }),
  aFault({
    name: 'Redis is away',
    targets: ['redis'],
    async inflict(world, { awayMs }) {
      redisOf(world).kill('SIGKILL');
      await redisOf(world).stop();
      await delay(awayMs);
      await redisOf(world).restart();
    },
  }),
  aFault({
    name: 'PostgreSQL is away',
    targets: ['postgres'],
    async inflict(world, { postgresMs }) {
      await postgresOf(world).stop();
      await delay(postgresMs);
      await postgresOf(world).restart();
    },
  }),
  aFault({
    name: 'Asterisk is killed',
    targets: ['asterisk'],
    takesControl: true,
    takesCalls: true,
    async inflict({ house }) {
      house.asterisk.kill('SIGKILL');
      await house.asterisk.restart();
    },
  }),
  aFault({
    name: 'Asterisk is restarted',
    targets: ['asterisk'],
    takesControl: true,
    takesCalls: true,
    inflict: ({ house }) => house.asterisk.restart(),
  }),
  aFault({
    name: 'the disk is full',
    targets: ['disk'],
    isPossible: ({ disk }) => disk !== undefined,
    async inflict({ disk }, { awayMs }) {
      disk?.fill();
      await delay(awayMs);
      disk?.free();
    },
  }),
];

const ariFaults: readonly Fault[] = [
  aFault({
    name: 'the way to Asterisk is cut',
    targets: ['ari'],
    takesControl: true,
    inflict: async ({ ari }) => ari.proxy.cut(),
  }),
  aFault({
    name: 'the way to Asterisk swallows all',
    targets: ['ari'],
    takesControl: true,
    async inflict({ ari }, { awayMs }) {
      ari.proxy.swallow();
      await delay(awayMs);
      ari.proxy.restore();
    },
  }),
  aFault({
    name: 'the way to Asterisk is slow',
    targets: ['ari'],
    async inflict({ ari }, { awayMs }) {
      ari.proxy.delay(slowMs);
      await delay(awayMs);
      ari.proxy.delay(0);
    },
  }),
  aFault({
    name: 'the way to Asterisk loses events',
    targets: ['ari'],
    takesControl: true,
    async inflict({ ari }, { awayMs }) {
      ari.lose(lostShare);
      await delay(awayMs);
      ari.lose(0);
      // What was lost is found by comparing, every 5 s.
      await delay(comparedEveryMs);
    },
  }),
];

const comparedEveryMs = 5500;

/** What the machine alone does: a row to compare the others with. */
const nothing: Fault = aFault({ name: 'nothing', targets: [], inflict: (_, { awayMs }) => delay(awayMs) });

/** The rows of the table. To add a fault is to add it here. */
export const faults: readonly Fault[] = [nothing, ...appFaults, ...serverFaults, ...ariFaults];
