import { join } from 'node:path';
import type { AgentRequest, CallFact, Fact, Policy, Why } from '@cordboard/core';
import { connectDatabase, type Database, migrate } from '@cordboard/database';
import type { Asterisk, Lasting, Servers } from '@cordboard/embedded';
import { freePorts } from '@cordboard/embedded';
import { connectRedis, whenReady } from '@cordboard/redis';
import {
  type Caller,
  type CallerOptions,
  type Phone,
  type PhoneOptions,
  startCaller,
  startPhone,
} from '@cordboard/sip-lab';
import { type Closing, openClosing } from '../../apps/cli/src/closing.ts';
import { pagesUrl, waitForApi } from '../../apps/cli/src/wait-for-api.ts';
import { type Lab, openLab } from '../integration/embedded-lab.ts';
import { Person, Refused } from './api.ts';
import { BoardWatch } from './board-watch.ts';
import { FactWatch } from './fact-watch.ts';
import { type App, type AppName, houseApps } from './house-apps.ts';
import { type AsteriskTruth, asteriskTruth } from './house-asterisk.ts';
import { agentAt, carrier, moveIn, password } from './house-people.ts';
import { housePolicy, ringForMs } from './house-policy.ts';
import { hasDied, type LabParty, LabPartyDied } from './lab-party.ts';
import { until } from './until.ts';

/** A whole contact centre of a test's own: Asterisk, Redis, PostgreSQL, the three applications, and people in it. */
export interface House {
  readonly url: string;
  readonly lab: Lab;
  readonly servers: Servers;
  readonly asterisk: Lasting<Asterisk>;
  /** What Asterisk itself says is there. */
  readonly truth: AsteriskTruth;
  readonly database: Database;
  readonly apps: Readonly<Record<AppName, App>>;
  /** What its applications find in their environment. */
  readonly environment: Environment;
  /** An administrator, signed in to the API. */
  readonly admin: Person;
  readonly board: BoardWatch;
  readonly ringForMs: number;
  /** The phones' passwords, by extension. */
  readonly passwords: Map<string, string>;

  /** A desk phone of the house, registered, with a microphone that says 880 Hz. */
  phone(extension: string, options?: Partial<PhoneOptions>): Promise<Phone>;
  /** A desk phone whose agent is signed in and free. */
  ready(extension: string): Promise<Phone>;
  /** The desk phone that is there now. */
  phoneAt(extension: string): Phone;
  /** Somebody outside, with a number of their own and a microphone that says 440 Hz. */
  caller(options?: Partial<CallerOptions>): Promise<Caller>;
  signIn(agent: string): Promise<void>;
  /** Asks something of an agent's state; resolves when call control has obeyed. */
  ask(agent: string, request: AgentRequest): Promise<void>;
  /** Somebody's page: signed in to the API. */
  person(username: string): Promise<Person>;

  /** The live call of a caller, as soon as the board shows it. */
  callOf(caller: Pick<Caller, 'callerNumber'>): Promise<string>;
  /** Resolves when the call is offered the menu for the nth time. */
  inMenu(call: string, time?: number): Promise<void>;
  /** All that has been told since the house was opened. */
  allFacts(): readonly Fact[];
  facts(call: string): Promise<readonly CallFact[]>;
  /** Resolves when so many facts of this type have been told of the call. */
  factsOf<Type extends CallFact['type']>(
    call: string,
    type: Type,
    count?: number,
  ): Promise<readonly Extract<CallFact, { type: Type }>[]>;
  why(call: string): Promise<Why>;
  /** A conversation of so many ms. */
  talk(ms: number): Promise<void>;

  /** Resolves when nothing is left: no channel and no bridge in Asterisk, no live call, no agent in the middle of one. */
  isEmpty(): Promise<void>;
  /** Whether a phone or a caller that was there has died by itself. */
  readonly hasLostParty: boolean;
  /** Between tests: everybody hangs up, signs out and goes. @throws LabPartyDied when somebody had gone before */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** How a house is to be. */
export interface HouseOptions {
  /** What its calls go by; the small house's, when not given. */
  readonly policy?: Omit<Policy, 'version'>;
  /** What its applications are configured with besides, as in docs/configuration.md. */
  readonly environment?: Environment | ((servers: Servers) => Promise<Environment>);
}

type Environment = Readonly<Record<string, string>>;

/** Opens a house; nobody is there yet. */
export const openHouse = async ({ policy = housePolicy(), environment = {} }: HouseOptions = {}): Promise<House> => {
  const closing = openClosing();
  try {
    return await open({ policy, environment }, closing);
  } catch (error) {
    await closing.close();
    throw error;
  }
};

const open = async ({ policy, environment }: Required<HouseOptions>, closing: Closing): Promise<House> => {
  const lab = await openLab();
  closing.add(() => lab.clear());
  const servers = await lab.start();
  closing.add(() => servers.stop());
  const { asterisk } = servers;
  if (asterisk === undefined) throw new Error('Asterisk was not started');
  const database = connectDatabase(servers.environment.DATABASE_URL);
  closing.add(() => database.close());
  await migrate(servers.environment.DATABASE_URL);
  const passwords = new Map(await moveIn(database, policy));

  const [http = 0] = await freePorts(1);
  const logs = join(lab.folder, 'log');
  const more = typeof environment === 'function' ? await environment(servers) : environment;
  const variables = {
    ...servers.environment,
    CORDBOARD_HOME: lab.folder,
    CORDBOARD_HTTP_PORT: `${http}`,
    LOG_LEVEL: 'info',
    ...more,
  };
  const apps = await houseApps(variables, logs);
  for (const app of Object.values(apps)) {
    app.start();
    closing.add(() => app.stop());
  }
  const redis = connectRedis(servers.environment.REDIS_URL, { name: 'test' });
  closing.add(async () => redis.disconnect());
  await whenReady(redis, 5000);
  const told = new FactWatch(redis);
  closing.add(() => told.close());
  const url = pagesUrl('127.0.0.1', http);
  await waitForApi(url, logs);

  const truth = asteriskTruth(asterisk);
  const person = (username: string): Promise<Person> => new Person(url).signIn(username, password);
  const admin = await person('admin');
  const board = await BoardWatch.open(admin);
  closing.add(async () => board.close());
  await board.shows('who works here', ({ agents, queues }) => agents.size > 0 && queues.size > 0);
  await until('Asterisk knows the phones and the carrier', async () => {
    const known = await truth.endpoints();
    return [...passwords.keys()].every((extension) => known.includes(extension)) && known.includes('trunk-carrier');
  });

  const parties: LabParty[] = [];
  closing.add(async () => {
    await Promise.all(parties.map((party) => party.stop()));
  });
  const phones = new Map<string, Phone>();
  let callers = 0;

  const phone: House['phone'] = async (extension, options = {}) => {
    const started = await startPhone({
      spawn: lab.root.spawn,
      folder: join(lab.folder, 'lab'),
      registrar: asterisk.sip,
      extension,
      password: passwords.get(extension) ?? '',
      ...options,
    });
    parties.push(started);
    phones.set(extension, started);
    await started.registered;
    const agent = agentAt[extension];
    if (agent !== undefined)
      await board.shows(`the phone of ${agent}`, ({ agents }) => agents.get(agent)?.reachable === true);
    return started;
  };
  const ask: House['ask'] = (agent, request) => admin.ask('PUT', `/api/agents/${agent}/state`, request);
  const signIn: House['signIn'] = (agent) => ask(agent, { to: 'sign-in' });

  const isEmpty = async (): Promise<void> => {
    await until('no channel and no bridge in Asterisk', async () => {
      const [channels, bridges] = await Promise.all([truth.channels(), truth.bridges()]);
      return channels.length + bridges === 0;
    });
    await board.shows(
      'nobody in a call',
      ({ agents, calls }) =>
        calls.size === 0 && [...agents.values()].every(({ state }) => state !== 'offered' && state !== 'talking'),
    );
  };
  const clear = async (): Promise<void> => {
    const left = parties.splice(0);
    const died = left.some(hasDied);
    await Promise.all(left.map((party) => party.stop()));
    for (const { id, state } of board.agents.values()) if (state !== 'signed-out') await signOut(id);
    await isEmpty();
    await board.shows(
      'nobody there',
      ({ agents }) => [...agents.values()].every(({ state, reachable }) => state === 'signed-out' && !reachable),
      // Of a phone that leaves while an Asterisk that has just begun takes it for offline anyway, it tells nothing.
      60_000,
    );
    if (died) throw new LabPartyDied();
    if (told.begunTwice.length > 0) throw new Error(`calls that began twice: ${told.begunTwice.join(', ')}`);
  };
  const signOut = async (agent: string): Promise<void> => {
    try {
      await ask(agent, { to: 'sign-out' });
    } catch (error) {
      // It is so already: the board was a moment behind.
      if (!(error instanceof Refused && error.problem.code === 'not-signed-in')) throw error;
    }
  };

  return {
    url,
    lab,
    servers,
    asterisk,
    truth,
    database,
    apps,
    environment: variables,
    admin,
    board,
    ringForMs,
    passwords,
    phone,
    async ready(extension) {
      const agent = agentAt[extension];
      if (agent === undefined) throw new Error(`nobody sits at ${extension}`);
      const started = await phone(extension);
      await signIn(agent);
      await board.shows(`${agent} ready`, ({ agents }) => agents.get(agent)?.state === 'ready');
      return started;
    },
    phoneAt(extension) {
      const found = phones.get(extension);
      if (found === undefined) throw new Error(`no phone is at ${extension}`);
      return found;
    },
    async caller(options = {}) {
      callers += 1;
      const started = await startCaller({
        spawn: lab.root.spawn,
        folder: join(lab.folder, 'lab'),
        trunk: asterisk.sip,
        // Numbers that nobody has: ARCEP keeps them for fiction.
        callerNumber: `+3363998${String(2000 + callers)}`,
        host: carrier,
        ...options,
      });
      parties.push(started);
      return started;
    },
    signIn,
    ask,
    person,
    callOf: async ({ callerNumber }) => {
      const call = await board.shows(`the call of ${callerNumber}`, ({ calls }) =>
        [...calls.values()].find(({ ani }) => ani === callerNumber),
      );
      return call.id;
    },
    async inMenu(call, time = 1) {
      await told.tell(call, `the menu, time ${time}`, (facts) => {
        const entered = facts.findIndex((fact) => fact.type === 'FlowStepped' && fact.kind === 'menu');
        const wrong = facts.slice(entered).filter((fact) => fact.type === 'DigitPressed' && !fact.accepted);
        return entered !== -1 && wrong.length >= time - 1;
      });
    },
    allFacts: () => told.all,
    facts: async (call) => told.of(call),
    factsOf: (call, type, count = 1) =>
      told.tell(call, `${count} of ${type}`, (facts) => {
        const found = facts.filter((fact): fact is Extract<CallFact, { type: typeof type }> => fact.type === type);
        return found.length >= count && found;
      }),
    why: (call) => admin.ask('GET', `/api/calls/${call}/why`),
    talk: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    isEmpty,
    get hasLostParty() {
      return parties.some(hasDied);
    },
    clear,
    close: closing.close,
  };
};
