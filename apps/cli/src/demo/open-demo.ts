import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { connectDatabase, type Database } from '@cordboard/database';
import { type Phone, startPhone } from '@cordboard/sip-lab';
import type { Installation } from '../bring-up.ts';
import { keepCalling } from './callers.ts';
import { sitAt } from './desk.ts';
import { Dice } from './dice.ts';
import { type DemoOptions, DemoRefused } from './options.ts';
import type { World } from './plan.ts';

export interface OpenDemoOptions extends DemoOptions {
  readonly installation: Installation;
  readonly databaseUrl: string;
  /** A phone or a caller that fails; the others go on. */
  readonly onFailure: (who: string, error: unknown) => void;
}

/** A contact centre at work. */
export interface Demo {
  readonly agents: number;
  /** Everybody hangs up and goes home. */
  close(): Promise<void>;
}

/** The desk phones are here; the carrier calls from another address, by which its trunk is known. */
const phonesHost = '127.0.0.1';

/**
 * Puts people at desk phones, and lets others call.
 * @throws DemoRefused when this installation has nobody to play with.
 */
export const openDemo = async (options: OpenDemoOptions): Promise<Demo> => {
  const { installation, databaseUrl, seed, onFailure } = options;
  const { root, asterisk } = installation;
  if (root === undefined || asterisk === undefined)
    throw new DemoRefused('The demo needs the embedded Asterisk: unset ARI_URL.');
  const database = connectDatabase(databaseUrl);
  const cast = await castOf(database, options.agents, installation).finally(() => database.close());
  const exchange = { host: phonesHost, port: installation.sip.port };
  const folder = join(installation.folder, 'demo');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const stopping = new AbortController();
  const { signal } = stopping;

  const phones: Phone[] = [];
  const sitting = cast.phones.map(async ({ extension, password }, index) => {
    const phone = await startPhone({
      spawn: root.spawn,
      folder,
      registrar: exchange,
      extension,
      password,
      codec: 'pcma',
      keepsSound: false,
    });
    phones.push(phone);
    await phone.registered;
    await sitAt(phone, new Dice(seed + 1 + index), signal);
  });
  const calling = keepCalling({
    spawn: root.spawn,
    folder,
    exchange,
    carrier: cast.carrier,
    callsPerMinute: options.rate,
    world: cast.world,
    dice: new Dice(seed),
    signal,
  });
  const unlessClosing = (who: string, goingOn: Promise<void>): Promise<void> =>
    goingOn.catch((error: unknown) => {
      if (!signal.aborted) onFailure(who, error);
    });
  for (const [index, agent] of sitting.entries()) void unlessClosing(`phone ${cast.phones[index]?.extension}`, agent);
  const callers = unlessClosing('the callers', calling);
  return {
    agents: cast.phones.length,
    async close() {
      stopping.abort();
      // With their phones the agents are gone, whatever they were doing.
      await Promise.all([callers, ...phones.map((phone) => phone.stop())]);
      await rm(folder, { recursive: true, force: true });
    },
  };
};

interface Cast {
  readonly phones: readonly { readonly extension: string; readonly password: string }[];
  readonly carrier: string;
  readonly world: World;
}

const castOf = async (database: Database, agents: number, { prepared }: Installation): Promise<Cast> => {
  const [people, phones, trunks, customers] = await Promise.all([
    database.agents.list(),
    database.phones.list(),
    database.trunks.list(),
    database.customers.list({ limit: 100 }),
  ]);
  const carrier = trunks
    .flatMap(({ addresses }) => addresses)
    .find((address) => /^127\.0\.0\.(?!1$)\d+$/.test(address));
  if (carrier === undefined)
    throw new DemoRefused('The demo calls through a trunk with an address such as 127.0.0.2: add one in the console.');
  const manned = phones.filter(({ extension }) => people.some((agent) => agent.extension === extension));
  if (manned.length === 0) throw new DemoRefused('The demo needs agents with phones: add some in the console.');
  return {
    phones: manned.slice(0, agents),
    carrier,
    world: {
      known: customers.flatMap(({ numbers }) => numbers.map((number) => number.replaceAll(/[^+\d]/g, ''))),
      numbers: prepared.numbers.map(({ number }) => number),
    },
  };
};
