import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Change,
  type ControlObserver,
  type Inherited,
  Ledger,
  replay,
  stateIn,
  systemClock,
} from '@cordboard/application';
import { readConfiguration } from '@cordboard/configuration';
import type { CallId, Fact } from '@cordboard/core';
import { ensureRoot, freePorts, type Root, type Server, startRedis } from '@cordboard/embedded';
import { connectRedis, createExchangeStore, whenReady } from '@cordboard/redis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJournal } from '../../apps/stasis/src/journal/journal.ts';
import { until } from '../support/until.ts';

let root: Root;
let folder: string;
let port = 0;
let server: Server;
const endings: (() => unknown)[] = [];

beforeEach(async () => {
  root = await ensureRoot({ home: readConfiguration(process.env).home, report: () => undefined });
  folder = await mkdtemp(join(tmpdir(), 'cordboard-journal-'));
  [port = 0] = await freePorts(1);
  server = await start();
});
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const start = (): Promise<Server> =>
  startRedis({ root, folder: join(folder, 'redis'), port, password: 'for-this-test' });

/** As by a crash; `withData`: what it had on disk is there when it comes back. */
const killAndRestart = async (withData: boolean): Promise<void> => {
  await kill();
  if (!withData) await rm(join(folder, 'redis', 'data'), { recursive: true, force: true });
  server = await start();
};
const kill = async (): Promise<void> => {
  server.kill('SIGKILL');
  await server.exited;
};

const nothing = { calls: [], ended: [], agents: [], facts: [] } as const satisfies Change;

/** A process that tells one fact after another, of calls that have three each. */
const teller = async (epoch: number, inherits?: Inherited) => {
  const redis = connectRedis(server.url, { name: 'teller' });
  const silent = { holds: () => undefined, failed: () => undefined, resumed: () => undefined, torn: () => undefined };
  const journal = await openJournal({ folder: join(folder, 'journal'), observer: silent });
  const store = createExchangeStore(redis);
  let isBehind = false;
  const observer = {
    storeBehind: () => {
      isBehind = true;
    },
    storeCaughtUp: () => {
      isBehind = false;
    },
  } as unknown as ControlObserver;
  let told = 0;
  const calls = new Map<string, unknown>();
  const recovered = (): Fact => ({ type: 'ExchangeRecovered', at: 0, calls: [], agents: [] }) as unknown as Fact;
  const ledger = new Ledger({
    store,
    journal,
    clock: systemClock(),
    observer,
    whole: () => ({ ...nothing, calls: [...calls.values()], facts: [recovered()] }) as unknown as Change,
  });
  if (inherits === undefined) {
    await whenReady(redis, 5000);
    await store.claim(epoch);
  }
  ledger.begin(epoch, inherits);
  const tell = (): string => {
    const call = `${epoch}.${Math.floor(told / 3)}`;
    const n = (told % 3) + 1;
    told += 1;
    const type = n === 1 ? 'CallArrived' : n === 3 ? 'CallEnded' : 'DigitPressed';
    const fact = { type, at: told, call: call as CallId, n } as unknown as Fact;
    const state = { id: call, told: n };
    if (n === 3) calls.delete(call);
    else calls.set(call, state);
    const change = n === 3 ? { calls: [], ended: [call] } : { calls: [state], ended: [] };
    ledger.commit({ ...nothing, ...change, facts: [fact] } as unknown as Change);
    return `${call} ${n}`;
  };
  const end = async (): Promise<void> => {
    ledger.stop();
    await journal.close();
    redis.disconnect();
  };
  endings.push(end);
  return {
    tell,
    end,
    store,
    journal,
    get isBehind() {
      return isBehind;
    },
  };
};

/** The facts of calls in the stream, in order. */
const inStream = async (): Promise<readonly string[]> => {
  const redis = connectRedis(server.url, { name: 'reader' });
  await whenReady(redis, 5000);
  const entries = await redis.xrange('cordboard:facts', '-', '+');
  redis.disconnect();
  return entries.flatMap(([, [, text = '']]) => {
    const fact = JSON.parse(text) as { call?: string; n?: number };
    return fact.call === undefined ? [] : [`${fact.call} ${fact.n}`];
  });
};

const comesToTell = async (facts: readonly string[]): Promise<void> => {
  await until('every fact', async () => (await inStream()).length >= facts.length, { withinMs: 10_000 });
  expect(await inStream()).toEqual(facts);
};

test('Redis is killed in the middle of it: each fact is in the stream once, in order, when it is back', async () => {
  const one = await teller(Date.now());
  const facts: string[] = [];
  const telling = setInterval(() => facts.push(one.tell(), one.tell()), 2);
  endings.push(() => clearInterval(telling));
  for (let times = 0; times < 3; times += 1) {
    await until('some facts', () => facts.length > 100 * (times + 1));
    await killAndRestart(true);
    await until('caught up', () => !one.isBehind);
  }
  clearInterval(telling);
  await comesToTell(facts);
  await until('an empty journal', async () => (await readdir(join(folder, 'journal'))).length === 0);
});

test('Redis comes back empty: within 2 s the calls are there again, and what was told of them', async () => {
  const one = await teller(Date.now());
  const facts = Array.from({ length: 31 }, () => one.tell());
  await until('all of it', async () => (await inStream()).length === 31);
  await killAndRestart(false);
  const back = performance.now();
  await until('the call that goes on', async () => (await one.store.load().catch(() => undefined))?.calls.length === 1);
  expect(performance.now() - back).toBeLessThan(2000);
  facts.push(one.tell(), one.tell());
  await comesToTell(facts);
});

test('both are killed: what was not told is told by the next process, and what was is not told twice', async () => {
  const epoch = Date.now();
  const one = await teller(epoch);
  const facts = Array.from({ length: 20 }, () => one.tell());
  await until('all of it', async () => (await inStream()).length === 20);
  await kill();
  facts.push(...Array.from({ length: 11 }, () => one.tell()));
  await until('the journal', async () => (await stateIn(one.journal))?.at.n === 31);
  await one.end();

  const two = await teller(epoch + 1, 'journal');
  facts.push(...Array.from({ length: 7 }, () => two.tell()));
  server = await start();
  await comesToTell(facts);
  await replay(two.journal, two.store);
  await comesToTell(facts);
});
