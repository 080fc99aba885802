import { join } from 'node:path';
import type { Policy } from '@cordboard/core';
import { connectDatabase, migrate } from '@cordboard/database';
import { type Asterisk, freePorts, type Lasting, startServers } from '@cordboard/embedded';
import { type Phone, startPhone } from '@cordboard/sip-lab';
import { runApp } from '../apps/cli/src/app.ts';
import { openClosing } from '../apps/cli/src/closing.ts';
import { pagesUrl, waitForApi } from '../apps/cli/src/wait-for-api.ts';
import { openLab } from '../tests/integration/embedded-lab.ts';
import { Person } from '../tests/support/api.ts';
import { moveIn, password } from '../tests/support/house-people.ts';
import { childrenWith } from './processor.ts';

/** The whole house as `npm start` runs it, in a folder of its own; nobody watches it while it is measured. */
export interface House {
  readonly url: string;
  readonly asterisk: Lasting<Asterisk>;
  readonly redisUrl: string;
  /** The phones' passwords, by extension. */
  readonly passwords: ReadonlyMap<string, string>;
  /** Whose processor time is counted. */
  readonly pids: Readonly<Record<'asterisk' | 'redis' | 'callControl', number>>;
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
}

export const openHouse = async ({ trunk, policy }: HouseOptions): Promise<House> => {
  const closing = openClosing();
  try {
    const lab = await openLab();
    closing.add(() => lab.clear());
    const { root, media, ports } = lab;
    const servers = await startServers({ root, media, ports, folder: join(lab.folder, 'data') });
    closing.add(() => servers.stop());
    const { asterisk, redis } = servers;
    if (asterisk === undefined || redis === undefined) throw new TypeError('a house has its own Asterisk and Redis');

    await migrate(servers.environment.DATABASE_URL);
    const database = connectDatabase(servers.environment.DATABASE_URL);
    const passwords = await moveIn(database, policy);
    await database.trunks.create({ id: trunk.id, name: trunk.id, addresses: [trunk.address] });
    await database.close();

    const [http = 0] = await freePorts(1);
    const logFolder = join(lab.folder, 'log');
    const environment = { ...servers.environment, CORDBOARD_HTTP_PORT: String(http), LOG_LEVEL: 'info' };
    for (const name of ['stasis', 'api', 'worker'] as const) {
      const app = await runApp({ name, environment, logFolder, say: (line) => console.error(line) });
      closing.add(() => app.stop());
    }
    const url = pagesUrl('127.0.0.1', http);
    await waitForApi(url, logFolder);
    const [callControl = 0] = await childrenWith('apps/stasis/dist/main.js');
    return {
      url,
      asterisk,
      redisUrl: servers.environment.REDIS_URL,
      passwords,
      pids: { asterisk: asterisk.pid, redis: redis.pid, callControl },
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
