import { join } from 'node:path';
import type { Policy } from '@cordboard/core';
import { connectDatabase, migrate } from '@cordboard/database';
import { type Asterisk, freePortRange, freePorts, type Lasting, startServers } from '@cordboard/embedded';
import { type Phone, startPhone } from '@cordboard/sip-lab';
import { runApp } from '../apps/cli/src/app.ts';
import { openClosing } from '../apps/cli/src/closing.ts';
import { pagesUrl, waitForApi } from '../apps/cli/src/wait-for-api.ts';
import { openLab } from '../tests/integration/embedded-lab.ts';
import { Person } from '../tests/support/api.ts';
import { moveIn, password } from '../tests/support/house-people.ts';
import { childrenWith } from './processor.ts';

/** The processes of a house. */
export type ProcessName = 'asterisk' | 'stasis' | 'redis' | 'api' | 'worker' | 'postgres';

/** The whole house as `npm start` runs it, in a folder of its own; nobody watches it while it is measured. */
export interface House {
  readonly url: string;
  readonly asterisk: Lasting<Asterisk>;
  readonly redisUrl: string;
  /** The phones' passwords, by extension. */
  readonly passwords: ReadonlyMap<string, string>;
  readonly databaseUrl: string;
  /** Whose processor time and memory are counted. PostgreSQL's is the parent of many. */
  readonly pids: Readonly<Record<ProcessName, number>>;
  /** Somebody's page: signed in to the API. */
  person(username: string): Promise<Person>;
  /** A desk phone, registered: a program like those that people have, and as quick. */
  phone(extension: string): Promise<Phone>;
  close(): Promise<void>;
}

/** A trunk beside those of the house, and who answers what. */
export interface HouseOptions {
  readonly trunk: { readonly id: string; readonly address: string };
  readonly policy: Omit<Policy, 'version'>;
  /** Agents beside those of every house, each with a phone: who sits where, by extension. */
  readonly crew: Readonly<Record<string, string>>;
}

/** Two for each leg: two hundred who talk, a thousand who wait, and some to spare. */
const mediaPorts = 3400;

export const openHouse = async ({ trunk, policy, crew }: HouseOptions): Promise<House> => {
  const closing = openClosing();
  try {
    const lab = await openLab();
    closing.add(() => lab.clear());
    const { root, media } = lab;
    const ports = { ...lab.ports, rtp: await freePortRange(mediaPorts) };
    const servers = await startServers({ root, media, ports, folder: join(lab.folder, 'data') });
    closing.add(() => servers.stop());
    const { asterisk, redis, postgres } = servers;
    if (asterisk === undefined || redis === undefined || postgres === undefined)
      throw new TypeError('a house has servers of its own');

    await migrate(servers.environment.DATABASE_URL);
    const database = connectDatabase(servers.environment.DATABASE_URL);
    const passwords = new Map<string, string>();
    for (const [extension, id] of Object.entries(crew)) {
      passwords.set(extension, (await database.phones.create({ extension, name: `Phone ${extension}` })).password);
      await database.agents.create({ id, name: id, extension });
    }
    for (const [extension, itsPassword] of await moveIn(database, policy)) passwords.set(extension, itsPassword);
    await database.trunks.create({ id: trunk.id, name: trunk.id, addresses: [trunk.address] });
    await database.close();

    const [http = 0] = await freePorts(1);
    const logFolder = join(lab.folder, 'log');
    const environment = {
      ...servers.environment,
      CORDBOARD_HOME: lab.folder,
      CORDBOARD_HTTP_PORT: String(http),
      LOG_LEVEL: 'info',
    };
    for (const name of ['stasis', 'api', 'worker'] as const) {
      const app = await runApp({ name, environment, logFolder, say: (line) => console.error(line) });
      closing.add(() => app.stop());
    }
    const url = pagesUrl('127.0.0.1', http);
    await waitForApi(url, logFolder);
    const pidOf = async (app: string): Promise<number> => (await childrenWith(`apps/${app}/dist/main.js`))[0] ?? 0;
    return {
      url,
      asterisk,
      redisUrl: servers.environment.REDIS_URL,
      passwords,
      databaseUrl: servers.environment.DATABASE_URL,
      pids: {
        asterisk: asterisk.pid,
        stasis: await pidOf('stasis'),
        redis: redis.pid,
        api: await pidOf('api'),
        worker: await pidOf('worker'),
        postgres: postgres.pid,
      },
      person: (username) => new Person(url).signIn(username, password),
      async phone(extension) {
        const phone = await startPhone({
          spawn: root.spawn,
          folder: join(lab.folder, 'lab'),
          registrar: asterisk.sip,
          extension,
          password: passwords.get(extension) ?? '',
        });
        closing.add(() => phone.stop());
        await phone.registered;
        return phone;
      },
      close: closing.close,
    };
  } catch (error) {
    await closing.close();
    throw error;
  }
};
