import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfiguration } from '@cordboard/configuration';
import type { Fact } from '@cordboard/core';
import {
  connectDatabase,
  createSoundFiles,
  type Database,
  hashPassword,
  migrate,
  type SoundFiles,
} from '@cordboard/database';
import { ensureRoot, freePorts, type Server, startPostgres, startRedis } from '@cordboard/embedded';
import { beat, connectRedis, createExchangeStore, whenReady } from '@cordboard/redis';
import { createLogger, createMetrics } from '@cordboard/telemetry';
import { aPolicy } from '@cordboard/testkit';
import { type ApiServer, createApiServer } from '../../apps/api/src/server.ts';
import { Person } from '../support/api.ts';

/** A Redis, a PostgreSQL and an API of a test's own, with people in it; call control is the test. */
export interface ApiHouse {
  readonly url: string;
  /** The folder of the pages; empty at first. */
  readonly webRoot: string;
  readonly database: Database;
  /** Callers' messages. */
  readonly sounds: SoundFiles;
  readonly redis: ReturnType<typeof connectRedis>;
  readonly servers: { readonly redis: Server; readonly postgres: Server };
  readonly administrator: Person;
  readonly supervisor: Person;
  /** Ana, an agent at 101. */
  readonly ana: Person;
  /** Tells the world what has happened, as call control does. */
  tell(facts: readonly Fact[]): Promise<void>;
  /** A sign of life, as call control gives it. */
  beat(): Promise<void>;
  /** PostgreSQL is away while this is done. */
  withoutPostgres(work: () => Promise<void>): Promise<void>;
  /** Another API process on the same servers. */
  another(): Promise<{ readonly url: string; close(): Promise<void> }>;
  close(): Promise<void>;
}

/** Every person's. */
export const password = 'correct horse battery staple';

const { home } = readConfiguration(process.env);

export const openApiHouse = async (): Promise<ApiHouse> => {
  const root = await ensureRoot({ home, report: () => undefined });
  const folder = await mkdtemp(join(tmpdir(), 'cordboard-api-'));
  const [redisPort = 0, postgresPort = 0] = await freePorts(2);
  const secret = 'for-this-test-only';
  const postgresHere = (): Promise<Server> =>
    startPostgres({ root, folder: join(folder, 'postgres'), port: postgresPort, password: secret, durable: false });
  const [redisServer, firstPostgres] = await Promise.all([
    startRedis({ root, folder: join(folder, 'redis'), port: redisPort, password: secret }),
    postgresHere(),
  ]);
  let postgres = firstPostgres;
  await migrate(postgres.url);
  const database = connectDatabase(postgres.url);
  const redis = connectRedis(redisServer.url, { name: 'test' });
  await whenReady(redis, 5000);
  await moveIn(database);
  const store = createExchangeStore(redis);

  const webRoot = join(folder, 'pages');
  const sounds = createSoundFiles(join(folder, 'data'));
  const openApi = async (): Promise<{ readonly url: string; readonly api: ApiServer }> => {
    const api = createApiServer({
      redis,
      database,
      sounds,
      log: createLogger({ name: 'api', level: 'fatal' }),
      metrics: createMetrics('api'),
      webRoot,
    });
    await new Promise<void>((resolve) => api.http.listen(0, '127.0.0.1', resolve));
    await api.caughtUp();
    return { api, url: `http://127.0.0.1:${(api.http.address() as AddressInfo).port}` };
  };
  const { api, url } = await openApi();
  const signedIn = (username: string): Promise<Person> => new Person(url).signIn(username, password);
  return {
    url,
    webRoot,
    database,
    sounds,
    redis,
    servers: { redis: redisServer, postgres },
    async withoutPostgres(work) {
      await postgres.stop();
      await work();
      postgres = await postgresHere();
    },
    administrator: await signedIn('admin'),
    supervisor: await signedIn('sue'),
    ana: await signedIn('ana'),
    tell: async (facts) => void (await store.commit({ calls: [], ended: [], agents: [], facts })),
    beat: () => beat(redis, 'call-control', {}),
    async another() {
      const other = await openApi();
      return { url: other.url, close: () => other.api.close() };
    },
    async close() {
      await api.close();
      redis.disconnect();
      await database.close();
      await Promise.all([redisServer.stop(), postgres.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** Ana at 101, Ben at 102, Chloé at 103, a phone without an agent; a policy; somebody of each role. */
const moveIn = async ({ agents, customers, phones, policies, users }: Database): Promise<void> => {
  for (const extension of ['101', '102', '103', '110']) await phones.create({ extension, name: extension });
  for (const [index, id] of ['ana', 'ben', 'chloe'].entries())
    await agents.create({ id, name: id, extension: `${101 + index}` });
  const passwordHash = await hashPassword(password);
  for (const [username, role, agentId] of [
    ['admin', 'administrator', null],
    ['sue', 'supervisor', null],
    ['ana', 'agent', 'ana'],
  ] as const) {
    const user = await users.create({ username, name: username, role, agentId });
    await users.setPasswordHash(user.id, passwordHash);
  }
  await customers.create({ name: 'Zoë Martin', segment: 'vip', numbers: ['+33 6 39 98 12 34'] });
  const { version: _, ...document } = aPolicy();
  await policies.publish(document as unknown as Parameters<typeof policies.publish>[0], 'admin', 'the first');
};
