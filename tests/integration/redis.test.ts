import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExchangeStore } from '@cordboard/application';
import { readConfiguration } from '@cordboard/configuration';
import type { JobDefinition } from '@cordboard/contracts';
import {
  type AgentId,
  Exchange,
  type Fact,
  type NodeId,
  type Outcome,
  type QueueId,
  type TicketId,
} from '@cordboard/core';
import { ensureRoot, freePorts, type Root, type Server, startRedis } from '@cordboard/embedded';
import {
  announce,
  askControl,
  beat,
  connectRedis,
  createAnnouncements,
  createExchangeStore,
  createSessions,
  followFacts,
  lastBeat,
  RedisUnavailable,
  readOffset,
  saveOffset,
  serveControl,
  whenReady,
} from '@cordboard/redis';
import { createJobs, type Jobs } from '@cordboard/redis/jobs';
import { aDirectory, aFlow, aPolicy, Floor, flows, MemoryStore } from '@cordboard/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { exchangeStoreContract } from '../support/exchange-store-contract.ts';
import { until } from '../support/until.ts';

let root: Root;
let folder: string;
let server: Server;
let port = 0;
let redis: ReturnType<typeof connectRedis>;
const start = (): Promise<Server> =>
  startRedis({ root, folder: join(folder, 'redis'), port, password: 'for-this-test' });

beforeAll(async () => {
  root = await ensureRoot({ home: readConfiguration(process.env).home, report: () => undefined });
  folder = await mkdtemp(join(tmpdir(), 'cordboard-redis-'));
  [port = 0] = await freePorts(1);
  server = await start();
});
beforeEach(async () => {
  redis = connectRedis(server.url, { name: 'test' });
  await whenReady(redis, 5000);
  await redis.flushall();
});
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
  redis.disconnect();
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const restart = async (): Promise<void> => {
  await server.stop();
  server = await start();
};

const aFact = (n: number): Fact =>
  ({ type: 'DigitPressed', call: 'c1', n, at: 1000 + n, node: 'menu', accepted: true }) as unknown as Fact;

/** Follows the facts into a list until the test is over. */
const following = (from: Parameters<typeof followFacts>[1]['from'] = 'start') => {
  const stop = new AbortController();
  const facts: Fact[] = [];
  const offsets: string[] = [];
  const malformed: string[] = [];
  const ended = followFacts(redis, {
    from,
    signal: stop.signal,
    onFacts: (entries) => {
      facts.push(...entries.map(({ fact }) => fact));
      offsets.push(...entries.map(({ offset }) => offset));
    },
    onMalformed: ({ offset }) => malformed.push(offset),
  });
  endings.push(async () => {
    stop.abort();
    await ended;
  });
  return { facts, offsets, malformed };
};

describe('the store of the exchange, in memory', () => {
  exchangeStoreContract(() => {
    const store = new MemoryStore();
    return Promise.resolve({ store, facts: () => Promise.resolve(store.facts) });
  });
});

describe('the store of the exchange, in Redis', () => {
  exchangeStoreContract(() =>
    Promise.resolve({
      store: createExchangeStore(redis),
      facts: async () => {
        const entries = await redis.xrange('cordboard:facts', '-', '+');
        return entries.map(([, [, text]]) => JSON.parse(text ?? '') as Fact);
      },
    }),
  );

  test('what was saved is there after a restart of Redis', async () => {
    const store = createExchangeStore(redis);
    await store.commit({ calls: [], ended: [], agents: [], facts: [aFact(1)] });
    await redis.hset('cordboard:calls', 'c1', JSON.stringify({ id: 'c1', phase: 'queued' }));
    await restart();
    await whenReady(redis, 5000);
    expect((await store.load()).calls).toEqual([{ id: 'c1', phase: 'queued' }]);
  });

  test('while Redis is away a change is refused at once, and taken when it is back', async () => {
    const store = createExchangeStore(redis);
    await server.stop();
    const began = performance.now();
    await expect(store.commit({ calls: [], ended: [], agents: [], facts: [aFact(1)] })).rejects.toThrow(
      RedisUnavailable,
    );
    expect(performance.now() - began).toBeLessThan(500);
    server = await start();
    await whenReady(redis, 5000);
    await store.commit({ calls: [], ended: [], agents: [], facts: [aFact(2)] });
    const { facts } = following();
    await until('the fact', () => facts.length === 1);
  });

  test('a call that cannot be read is left out, told, and left where it is', async () => {
    const told: string[] = [];
    await redis.hset('cordboard:calls', 'c1', '{', 'c2', '{"id":"c3"}', 'c4', '{"id":"c4"}');
    const store = createExchangeStore(redis, { onMalformed: ({ field }) => told.push(field) });
    expect((await store.load()).calls).toEqual([{ id: 'c4' }]);
    expect(told.sort()).toEqual(['c1', 'c2']);
    expect(await redis.hlen('cordboard:calls')).toBe(3);
  });
});

describe('promises to call back, in Redis', () => {
  const support = '+33170000011';
  const { flows: base } = aPolicy();
  /** Support, in which 1 asks to be called back. */
  const policy = aPolicy({
    flows: {
      ...base,
      ...flows({
        straight: aFlow('support', {
          support: { kind: 'queue', queue: 'support' as QueueId, priority: 0, keys: { '1': 'callback' as NodeId } },
          callback: {
            kind: 'callback',
            queue: 'support' as QueueId,
            priority: 0,
            sounds: ['offer'],
            confirm: { before: ['we-call'], after: ['right'] },
            numberSounds: ['which-number'],
            waitMs: 5000,
            tries: 2,
            accepted: 'thanks' as NodeId,
            declined: 'support' as NodeId,
          },
          thanks: { kind: 'say', sounds: ['thanks'], next: 'end' as NodeId },
          end: { kind: 'hangup' },
        }),
      }),
    },
  });

  /** As call control does: what has come of something is saved before the next is done. */
  const saving = (store: ExchangeStore, outcome: Outcome): Promise<unknown> =>
    store.commit({
      calls: [...outcome.calls.values()],
      ended: outcome.ended,
      agents: [...outcome.agents.values()],
      tickets: outcome.tickets ?? [],
      closedTickets: outcome.closedTickets ?? [],
      facts: outcome.facts,
    });

  /** A caller who waits, asks to be called back, and has hung up; every step is saved. */
  const promised = async (floor: Floor, store: ExchangeStore, ani: string): Promise<TicketId> => {
    const before = new Set(floor.exchange.tickets.keys());
    const call = floor.arrive(support, { ani });
    for (let press = 0; press < 3; press += 1) await saving(store, floor.presses(call, '1'));
    await saving(store, floor.callerHangsUp(call));
    const ticket = [...floor.exchange.tickets.keys()].find((id) => !before.has(id));
    if (ticket === undefined) throw new Error('no callback was promised');
    return ticket;
  };

  /** Another process on what Redis holds, at the same moment. */
  const takenUp = async (store: ExchangeStore, floor: Floor): Promise<Exchange> => {
    const exchange = new Exchange();
    const { calls, agents, tickets = [] } = await store.load();
    exchange.restore({ calls, agents, tickets }, [policy]);
    exchange.handle({ type: 'PolicyPublished', at: floor.now, policy });
    exchange.handle({ type: 'DirectoryChanged', at: floor.now, directory: aDirectory() });
    return exchange;
  };

  test('are there after a restart of Redis, whole, and the callers’ places in line with them', async () => {
    const store = createExchangeStore(redis);
    const floor = new Floor(policy);
    const first = await promised(floor, store, '+33612345678');
    const second = await promised(floor.after(1000), store, '+33639981234');
    await restart();
    await whenReady(redis, 5000);
    const { tickets = [] } = await store.load();
    const kept = new Map(tickets.map((ticket) => [ticket.id, ticket]));
    expect(kept).toEqual(new Map(floor.exchange.tickets));
    expect((await takenUp(store, floor)).waitingIn('support' as QueueId)).toEqual([first, second]);
  });

  test('that has been kept is closed for good, and the others are not', async () => {
    const store = createExchangeStore(redis);
    const floor = new Floor(policy);
    const first = await promised(floor, store, '+33612345678');
    const second = await promised(floor.after(1000), store, '+33639981234');
    const attempted = floor.handle({
      type: 'AgentAsked',
      at: floor.now,
      agent: 'ana' as AgentId,
      request: { to: 'sign-in' },
      because: 'test',
    });
    await saving(store, attempted);
    const [attempt] = attempted.calls.values();
    if (attempt?.phase !== 'calling-back') throw new Error('nobody is being called back');
    // In the middle of it, both tell the same: whoever takes up now rings nobody a second time.
    const { calls, tickets = [] } = await store.load();
    expect(calls.map(({ id }) => id)).toEqual([attempt.id]);
    expect(tickets.find(({ id }) => id === first)?.state).toEqual({ is: 'calling', call: attempt.id });
    await saving(store, floor.happen(attempt.id, { type: 'LegAnswered', leg: floor.legOf(attempt.id) }));
    await saving(store, floor.happen(attempt.id, { type: 'LegAnswered', leg: floor.call(attempt.id).caller }));
    await restart();
    await whenReady(redis, 5000);
    const later = await store.load();
    expect(later.tickets?.map(({ id }) => id)).toEqual([second]);
    expect(later.calls).toMatchObject([{ id: attempt.id, phase: 'talking' }]);
    expect((await takenUp(store, floor)).waitingIn('support' as QueueId)).toEqual([second]);
  });

  test('of which one cannot be read costs the others nothing', async () => {
    const told: string[] = [];
    const store = createExchangeStore(redis, { onMalformed: ({ field }) => told.push(field) });
    const floor = new Floor(policy);
    const ticket = await promised(floor, store, '+33612345678');
    await redis.hset('cordboard:tickets', 'broken', '{');
    expect((await store.load()).tickets?.map(({ id }) => id)).toEqual([ticket]);
    expect(told).toEqual(['broken']);
  });

  test('is closed and told in one piece, or neither while Redis is away', async () => {
    const store = createExchangeStore(redis);
    const floor = new Floor(policy);
    const ticket = await promised(floor, store, '+33612345678');
    const facts = await redis.xlen('cordboard:facts');
    const closing = { calls: [], ended: [], agents: [], closedTickets: [ticket], facts: [aFact(1)] };
    await server.stop();
    await expect(store.commit(closing)).rejects.toThrow(RedisUnavailable);
    server = await start();
    await whenReady(redis, 5000);
    expect((await store.load()).tickets?.map(({ id }) => id)).toEqual([ticket]);
    expect(await redis.xlen('cordboard:facts')).toBe(facts);
    await store.commit(closing);
    // Cut off and sent again: closing twice is agreement.
    await store.commit(closing);
    expect((await store.load()).tickets).toEqual([]);
  });
});

describe('the stream of facts', () => {
  const tell = (...facts: readonly Fact[]): Promise<unknown> =>
    createExchangeStore(redis).commit({ calls: [], ended: [], agents: [], facts });

  test('a reader hears each fact once, in order, also across a restart of Redis', async () => {
    const { facts } = following();
    await tell(aFact(1), aFact(2));
    await until('two facts', () => facts.length === 2);
    await restart();
    await whenReady(redis, 5000);
    await tell(aFact(3));
    await until('the third', () => facts.length === 3, { withinMs: 10_000 });
    expect(facts).toEqual([aFact(1), aFact(2), aFact(3)]);
  });

  test('a reader goes on behind the offset it has saved', async () => {
    const first = following();
    await tell(aFact(1), aFact(2), aFact(3));
    await until('three facts', () => first.facts.length === 3);
    await saveOffset(redis, 'test', first.offsets[1] ?? '');
    const second = following((await readOffset(redis, 'test')) ?? 'start');
    await until('the third again', () => second.facts.length === 1);
    expect(second.facts).toEqual([aFact(3)]);
  });

  test('who follows from now on hears nothing of before', async () => {
    await tell(aFact(1));
    const { facts } = following('new');
    await until('a reader', async () =>
      /name=cordboard-test-facts.*cmd=xread/.test(String(await redis.client('LIST'))),
    );
    await tell(aFact(2));
    await until('the second', () => facts.length > 0);
    expect(facts).toEqual([aFact(2)]);
  });

  test('an entry that is no fact is told and passed over', async () => {
    await redis.xadd('cordboard:facts', '*', 'fact', 'garbage');
    await redis.xadd('cordboard:facts', '*', 'other', '{}');
    await tell(aFact(1));
    const { facts, malformed } = following();
    await until('the fact', () => facts.length === 1);
    expect(malformed).toHaveLength(2);
  });
});

describe('announcements', () => {
  /** Policy, directory, provisioning, messages. */
  const everything = 4;

  test('a listener is told of a change, and reads it; a policy is kept under its version', async () => {
    const announcements = createAnnouncements(redis);
    endings.push(() => announcements.close());
    const heard: string[] = [];
    announcements.onChange((what) => heard.push(what));
    await until('being told of everything once', () => heard.length === everything);
    await announce(redis, 'policy', { ...aPolicy(), version: 7 });
    await announce(redis, 'directory', aDirectory());
    await announce(redis, 'provisioning');
    await until('three changes', () => heard.length === everything + 3);
    expect(heard.slice(everything)).toEqual(['policy', 'directory', 'provisioning']);
    expect((await announcements.policy())?.version).toBe(7);
    expect((await announcements.policyOf(7))?.version).toBe(7);
    expect(await announcements.policyOf(6)).toBeUndefined();
    expect(await announcements.directory()).toEqual(aDirectory());
  });

  test('after a loss of Redis everything is told again', async () => {
    const announcements = createAnnouncements(redis);
    endings.push(() => announcements.close());
    const heard: string[] = [];
    announcements.onChange((what) => heard.push(what));
    await until('the first time', () => heard.length === everything);
    await restart();
    await until('the second time', () => heard.length === 2 * everything, { withinMs: 10_000 });
  });
});

describe('requests to call control', () => {
  const hangUp = { type: 'hang-up', call: 'c1' } as const;

  test('are answered with what came of them, side by side', async () => {
    let letGo = (): void => undefined;
    const slow = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    endings.push(
      await serveControl(redis, async (ask) => {
        if (ask.type === 'hang-up' && ask.call === 'slow') await slow;
        return { ok: false, code: 'no-such-call', detail: `${ask.type} is refused` };
      }),
    );
    const waiting = askControl(redis, { type: 'hang-up', call: 'slow' }, 'sue');
    expect(await askControl(redis, hangUp, 'sue')).toMatchObject({ code: 'no-such-call' });
    letGo();
    expect(await waiting).toMatchObject({ code: 'no-such-call' });
  });

  test('find nobody while call control is away, and are not obeyed late', async () => {
    expect(await askControl(redis, hangUp, 'sue')).toMatchObject({ ok: false, code: 'call-control-unavailable' });
    const obeyed: unknown[] = [];
    endings.push(
      await serveControl(redis, (ask) => {
        obeyed.push(ask);
        return { ok: true };
      }),
    );
    expect(await askControl(redis, { type: 'hang-up', call: 'c2' }, 'sue')).toEqual({ ok: true });
    expect(obeyed).toEqual([{ type: 'hang-up', call: 'c2' }]);
  });

  test('what the handler throws is told to us, and only that it failed to the one who asked', async () => {
    const errors: string[] = [];
    const broken = (): never => {
      throw new Error('a secret inside');
    };
    endings.push(await serveControl(redis, broken, { onError: ({ message }) => errors.push(message) }));
    const answer = await askControl(redis, hangUp, 'sue');
    expect(answer).toMatchObject({ ok: false, code: 'internal-error' });
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(errors).toEqual(['a secret inside']);
  });

  test('garbage in the list harms nobody', async () => {
    const errors: Error[] = [];
    endings.push(await serveControl(redis, () => ({ ok: true }), { onError: (error) => errors.push(error) }));
    await redis.lpush('cordboard:control', 'garbage', '{"id":1}', '[]', 'null');
    expect(await askControl(redis, hangUp, 'sue')).toEqual({ ok: true });
    expect(errors).toHaveLength(4);
  });
});

describe('jobs', () => {
  const greet: JobDefinition<{ name: string }> = {
    name: 'greet',
    payload: z.object({ name: z.string() }),
    id: ({ name }) => `greet-${name}`,
  };
  const openJobs = () => {
    const jobs = createJobs(server.url, { name: 'test' });
    endings.push(() => jobs.close());
    return jobs;
  };
  /** As the worker does: tried until Redis has taken it. */
  const handOver = (jobs: Jobs, payload: { name: string }): Promise<true> =>
    until('the job being taken', async () => {
      try {
        await jobs.enqueue(greet, payload);
        return true;
      } catch (error) {
        if (!(error instanceof RedisUnavailable)) throw error;
        return false;
      }
    });

  test('a job handed over twice is done once', async () => {
    const jobs = openJobs();
    const done: string[] = [];
    await handOver(jobs, { name: 'zoe' });
    await jobs.enqueue(greet, { name: 'zoe' });
    await jobs.enqueue(greet, { name: 'ana' });
    jobs.work(greet, ({ name }) => {
      done.push(name);
      return Promise.resolve();
    });
    await until('both', () => done.length === 2);
    await jobs.enqueue(greet, { name: 'zoe' });
    await jobs.enqueue(greet, { name: 'ben' });
    await until('the third', () => done.includes('ben'));
    expect(done.filter((name) => name === 'zoe')).toHaveLength(1);
  });

  test('a job is refused while Redis is away, and taken when it is back', async () => {
    const jobs = openJobs();
    await handOver(jobs, { name: 'zoe' });
    await server.stop();
    await expect(jobs.enqueue(greet, { name: 'ana' })).rejects.toThrow(RedisUnavailable);
    server = await start();
    await handOver(jobs, { name: 'ana' });
    expect(await jobs.counts(greet)).toMatchObject({ waiting: 2 });
  });

  test('a job that fails is tried again until it is done', async () => {
    const jobs = openJobs();
    const failures: number[] = [];
    let attempts = 0;
    await handOver(jobs, { name: 'zoe' });
    jobs.work(
      greet,
      () => {
        attempts += 1;
        return attempts < 2 ? Promise.reject(new Error('not yet')) : Promise.resolve();
      },
      { onFailed: ({ attempt }) => failures.push(attempt) },
    );
    await until('the second attempt', () => attempts === 2, { withinMs: 10_000 });
    expect(failures).toEqual([1]);
  });

  test('a payload that is none is refused where it is handed over', async () => {
    const jobs = openJobs();
    await expect(jobs.enqueue(greet, { name: 1 } as never)).rejects.toThrow(z.ZodError);
  });
});

describe('sessions', () => {
  const user = { id: 'u1', username: 'sue', name: 'Sue', role: 'supervisor', agentId: null, language: 'en' } as const;

  test('a token opens its session and no other, until it is revoked; Redis never sees the token', async () => {
    const sessions = createSessions(redis);
    const { token, session } = await sessions.create(user);
    expect(await sessions.find(token)).toEqual(session);
    expect(await sessions.find(`${token}x`)).toBeUndefined();
    for (const key of await redis.keys('*')) {
      expect(key).not.toContain(token);
      if ((await redis.type(key)) === 'string') expect(await redis.get(key)).not.toContain(token);
    }
    await sessions.revoke(token);
    expect(await sessions.find(token)).toBeUndefined();
  });

  test('all sessions of a user end at once, and nobody else’s', async () => {
    const sessions = createSessions(redis);
    const mine = [await sessions.create(user), await sessions.create(user)];
    const other = await sessions.create({ ...user, id: 'u2' });
    await sessions.revokeAllOf('u1');
    for (const { token } of mine) expect(await sessions.find(token)).toBeUndefined();
    expect(await sessions.find(other.token)).toBeDefined();
  });
});

test('a sign of life is forgotten when no other follows', async () => {
  await beat(redis, 'test', { version: '1' });
  expect(await lastBeat(redis, 'test')).toMatchObject({ info: { version: '1' } });
  await until('silence', async () => (await lastBeat(redis, 'test')) === undefined, { withinMs: 4000 });
});
