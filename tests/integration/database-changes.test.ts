import { type AddressInfo, createServer } from 'node:net';
import { type ChangedTable, DatabaseUnavailable, listenForChanges } from '@cordboard/database';
import { aPolicy } from '@cordboard/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../support/until.ts';
import { type DatabaseHouse, openDatabaseHouse, refusalOf, sql, sqlClient } from './database-house.ts';

let house: DatabaseHouse;
beforeAll(async () => {
  house = await openDatabaseHouse();
});
beforeEach(() => house.clear());
const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});
afterAll(() => house.close());

const everything: readonly ChangedTable[] = ['agents', 'phones', 'trunks', 'policy_versions', 'voicemails'];

/** Listens until the test is over, and remembers. */
const listening = (url = house.url) => {
  const heard: ChangedTable[] = [];
  const lost: Error[] = [];
  let times = 0;
  const listener = listenForChanges(url, {
    onChange: (table) => heard.push(table),
    onLost: (error) => lost.push(error),
    onListening: () => {
      times += 1;
    },
  });
  endings.push(() => listener.close());
  return { heard, lost, times: () => times, close: () => listener.close() };
};

/** Everything having been told once; what is heard from now on is news. */
const settled = async ({ heard }: ReturnType<typeof listening>): Promise<void> => {
  await until('everything being told', () => everything.every((table) => heard.includes(table)));
  heard.length = 0;
};

const listenersOf = async (): Promise<readonly { pid: number }[]> =>
  sql(house.url, `SELECT pid FROM pg_stat_activity WHERE application_name = 'cordboard-changes'`);

describe('who listens for changes', () => {
  test('is told everything once, since nobody knows what changed before', async () => {
    const listener = listening();
    await until('everything', () => listener.heard.length === everything.length);
    expect(listener.heard).toEqual(everything);
    expect(listener.times()).toBe(1);
    expect(listener.lost).toEqual([]);
  });

  test('hears of phones, agents, trunks and policies, whoever changes them and however', async () => {
    const { agents, phones, policies, trunks } = house.database;
    const listener = listening();
    await settled(listener);
    const hears = async (table: ChangedTable, change: () => Promise<unknown>): Promise<void> => {
      await change();
      await until(`the change of ${table}`, () => listener.heard.length > 0);
      expect(new Set(listener.heard)).toEqual(new Set([table]));
      listener.heard.length = 0;
    };
    await hears('phones', () => phones.create({ extension: '101', name: 'Desk' }));
    await hears('agents', () => agents.create({ id: 'ana', name: 'Ana', extension: '101' }));
    await hears('agents', () => agents.update('ana', { name: 'Ana L.' }));
    await hears('agents', () => agents.remove('ana'));
    await hears('trunks', () => trunks.create({ id: 'carrier', name: 'Carrier', addresses: [] }));
    await hears('trunks', () => sql(house.url, `UPDATE trunks SET name = 'Renamed'`));
    await hears('phones', () => sql(house.url, 'DELETE FROM phones'));
    const { version: _, ...document } = aPolicy();
    await hears('policy_versions', () =>
      policies.publish(document as unknown as Parameters<typeof policies.publish>[0], 'sue', ''),
    );
  });

  test('hears nothing of what is undone, refused, or none of theirs', async () => {
    const { customers, phones, users } = house.database;
    const listener = listening();
    await settled(listener);
    await sql(house.url, `BEGIN; INSERT INTO trunks (id, name) VALUES ('undone', 'Undone'); ROLLBACK`);
    expect(await refusalOf(phones.create({ extension: '1', name: 'Refused' }))).toBe('invalid');
    await users.create({ username: 'sue', name: 'Sue', role: 'agent' });
    await customers.create({ name: 'Zoé', numbers: ['0639981234'] });
    await sql(house.url, `NOTIFY cordboard_changed, 'nonsense'`);
    // PostgreSQL tells in order: what comes before this would have been heard before it.
    await phones.create({ extension: '101', name: 'The last' });
    await until('the last', () => listener.heard.length > 0);
    expect(listener.heard).toEqual(['phones']);
  });

  test('hears again after PostgreSQL was killed and started, and of what changed meanwhile', async () => {
    const listener = listening();
    await settled(listener);
    await house.kill();
    await until('the loss', () => listener.lost.length > 0);
    await house.start();
    await sql(house.url, `INSERT INTO trunks (id, name) VALUES ('meanwhile', 'Meanwhile')`);
    await settled(listener);
    expect(listener.times()).toBe(2);
    // Once, not at every attempt to come back.
    expect(listener.lost).toHaveLength(1);
    expect(listener.lost[0]?.message).toContain('PostgreSQL');
    await sql(house.url, `UPDATE trunks SET name = 'Afterwards'`);
    await until('the change', () => listener.heard.includes('trunks'));
  });

  test('hears again after its connection alone was cut', async () => {
    const listener = listening();
    await settled(listener);
    const [before] = await listenersOf();
    await sql(house.url, 'SELECT pg_terminate_backend($1)', [before?.pid]);
    await settled(listener);
    expect(listener.lost).toHaveLength(1);
    expect(listener.lost[0]).toBeInstanceOf(DatabaseUnavailable);
    const after = await listenersOf();
    expect(after).toHaveLength(1);
    expect(after).not.toEqual([before]);
    await sql(house.url, `INSERT INTO trunks (id, name) VALUES ('afterwards', 'Afterwards')`);
    await until('the change', () => listener.heard.includes('trunks'));
  });

  test('begins before PostgreSQL is there, and is told once why it waits', async () => {
    await house.kill();
    const listener = listening();
    await until('the reason', () => listener.lost.length > 0);
    expect(listener.lost[0]?.message).toMatch(/^PostgreSQL cannot be reached\. Check DATABASE_URL\./);
    await house.start();
    await settled(listener);
    expect(listener.lost).toHaveLength(1);
    expect(listener.times()).toBe(1);
  });

  test('is told that the password is wrong', async () => {
    const listener = listening(Object.assign(new URL(house.url), { password: 'wrong' }).href);
    await until('the reason', () => listener.lost.length > 0);
    expect(listener.lost[0]?.message).toMatch(/refuses the user name or the password/);
    expect(listener.heard).toEqual([]);
  });

  test('is let go at once, also while PostgreSQL is away, and leaves no connection', async () => {
    const connected = listening();
    await settled(connected);
    await connected.close();
    await until('no connection', async () => (await listenersOf()).length === 0);
    let attempts = 0;
    const refusing = createServer((socket) => {
      attempts += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
    endings.push(() => new Promise((resolve) => refusing.close(() => resolve())));
    const { port } = refusing.address() as AddressInfo;
    const nowhere = listening(Object.assign(new URL(house.url), { port: `${port}` }).href);
    // By then the pause before the next one is 800 ms.
    await until('five attempts', () => attempts === 5);
    const began = performance.now();
    await nowhere.close();
    expect(performance.now() - began).toBeLessThan(300);
    expect(connected.lost).toEqual([]);
  });
});

describe('while PostgreSQL is away', () => {
  test('every question is answered with what to check, soon; when it is back, so are the answers', async () => {
    const { agents, calls, customers, draft, phones, policies, trunks, users } = house.database;
    await phones.create({ extension: '101', name: 'Desk' });
    await house.kill();
    const questions: Readonly<Record<string, () => Promise<unknown>>> = {
      agents: () => agents.list(),
      calls: () => calls.list({ limit: 1 }),
      customers: () => customers.identify('0639981234'),
      draft: () => draft.read(),
      phones: () => phones.create({ extension: '102', name: 'Desk' }),
      policies: () => policies.current(),
      trunks: () => trunks.remove('carrier'),
      users: () => users.credentials('sue'),
    };
    const began = performance.now();
    for (const [name, ask] of Object.entries(questions)) {
      const error = await ask().catch((thrown: unknown) => thrown);
      expect(error, name).toBeInstanceOf(DatabaseUnavailable);
      expect((error as Error).message, name).toMatch(/^PostgreSQL .*Check DATABASE_URL\./);
      expect((error as Error).message, name).not.toContain('for-this-test-only');
    }
    expect(performance.now() - began).toBeLessThan(2000);
    await house.start();
    expect(await phones.list()).toMatchObject([{ extension: '101' }]);
    expect(await phones.create({ extension: '102', name: 'Desk' })).toMatchObject({ extension: '102' });
  });

  test('a question that was under way when PostgreSQL was killed is answered too', async () => {
    const holding = await sqlClient(house.url);
    // It is killed with the rest.
    holding.on('error', () => undefined);
    await holding.query('BEGIN; LOCK TABLE phones');
    const asked = expect(house.database.phones.list()).rejects.toThrow(DatabaseUnavailable);
    await until('it being under way', async () => {
      const rows = await sql(house.url, 'SELECT 1 FROM pg_locks WHERE NOT granted');
      return rows.length === 1;
    });
    await house.kill();
    await asked;
    await house.start();
    expect(await house.database.phones.list()).toEqual([]);
  });
});
