import { type Database, DatabaseRefusal, hashPassword, isPassword, moveInDemo } from '@cordboard/database';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connectedUntilTheEnd, type DatabaseHouse, openDatabaseHouse, refusalOf, sql } from './database-house.ts';

let house: DatabaseHouse;
let url: string;
let database: Database;
beforeAll(async () => {
  house = await openDatabaseHouse();
  ({ url, database } = house);
});
beforeEach(() => house.clear());
afterAll(() => house.close());

const desk = (extension: string) => ({ extension, name: `Desk ${extension}` });
const ana = { id: 'ana', name: 'Ana', extension: '101' };

describe('phones', () => {
  test('get a password of their own, keep it under another name, and get another when asked', async () => {
    const { phones } = database;
    const first = await phones.create(desk('101'));
    const second = await phones.create(desk('100'));
    expect(first.password).toMatch(/^[a-zA-Z0-9]{20}$/);
    expect(second.password).not.toBe(first.password);
    expect(await phones.list()).toEqual([second, first]);
    expect(await phones.update('101', { extension: '101', name: 'Reception' })).toEqual({
      ...first,
      name: 'Reception',
    });
    const renewed = await phones.renewPassword('101');
    expect(renewed.password).not.toBe(first.password);
    expect(await phones.byExtension('101')).toEqual(renewed);
    await phones.remove('101');
    expect(await phones.byExtension('101')).toBeUndefined();
    expect(await phones.list()).toEqual([second]);
  });

  test('one that is there already, or is not there, is refused', async () => {
    const { phones } = database;
    await phones.create(desk('101'));
    await phones.create(desk('102'));
    expect(await refusalOf(phones.create(desk('101')))).toBe('already-there');
    expect(await refusalOf(phones.update('102', desk('101')))).toBe('already-there');
    expect(await refusalOf(phones.update('999', desk('998')))).toBe('not-found');
    expect(await refusalOf(phones.renewPassword('999'))).toBe('not-found');
    expect(await refusalOf(phones.remove('999'))).toBe('not-found');
    expect(await phones.list()).toMatchObject([desk('101'), desk('102')]);
  });

  test('an extension that nobody could dial is refused, whoever writes it', async () => {
    const { phones } = database;
    for (const extension of ['1', '1234567', '10a', ''])
      expect(await refusalOf(phones.create(desk(extension)))).toBe('invalid');
    await phones.create(desk('101'));
    await expect(sql(url, `UPDATE phones SET password = 'short'`)).rejects.toThrow('phones_password_check');
  });

  test('one at which an agent sits cannot go, but can get another extension: the agent follows', async () => {
    const { agents, phones } = database;
    await phones.create(desk('101'));
    await agents.create(ana);
    expect(await refusalOf(phones.remove('101'))).toBe('in-use');
    await phones.update('101', desk('201'));
    expect(await agents.byId('ana')).toEqual({ ...ana, extension: '201' });
  });
});

describe('agents', () => {
  beforeEach(async () => {
    for (const extension of ['101', '102', '103']) await database.phones.create(desk(extension));
  });

  test('are entered, listed by id, changed in part, and removed', async () => {
    const { agents } = database;
    await agents.create({ id: 'ben', name: 'Ben', extension: '102' });
    expect(await agents.create(ana)).toEqual(ana);
    expect((await agents.list()).map(({ id }) => id)).toEqual(['ana', 'ben']);
    expect(await agents.update('ana', { name: 'Ana L.' })).toEqual({ ...ana, name: 'Ana L.' });
    expect(await agents.update('ana', { extension: '103' })).toEqual({ id: 'ana', name: 'Ana L.', extension: '103' });
    expect(await agents.update('ana', { site: 'Paris' })).toMatchObject({ name: 'Ana L.', site: 'Paris' });
    expect(await agents.update('ana', { name: 'Ana' })).toMatchObject({ name: 'Ana', site: 'Paris' });
    expect(await agents.update('ana', { site: null })).not.toHaveProperty('site');
    expect(await refusalOf(agents.update('ana', { site: '' }))).toBe('invalid');
    await agents.remove('ana');
    expect(await agents.byId('ana')).toBeUndefined();
  });

  test('two with one id, two at one phone, and one without a phone are refused', async () => {
    const { agents } = database;
    await agents.create(ana);
    await agents.create({ id: 'ben', name: 'Ben', extension: '102' });
    expect(await refusalOf(agents.create({ ...ana, extension: '103' }))).toBe('already-there');
    expect(await refusalOf(agents.create({ ...ana, id: 'dora' }))).toBe('already-there');
    expect(await refusalOf(agents.update('ben', { extension: '101' }))).toBe('already-there');
    expect(await refusalOf(agents.create({ ...ana, id: 'dora', extension: '999' }))).toBe('unknown-reference');
    expect(await refusalOf(agents.update('ben', { extension: '999' }))).toBe('unknown-reference');
    expect(await refusalOf(agents.update('dora', { name: 'Dora' }))).toBe('not-found');
    expect(await refusalOf(agents.remove('dora'))).toBe('not-found');
    expect(await refusalOf(agents.create({ ...ana, id: 'Ana Lefèvre', extension: '103' }))).toBe('invalid');
    expect(await agents.list()).toHaveLength(2);
  });
});

describe('trunks', () => {
  const carrier = {
    id: 'carrier',
    name: 'Carrier',
    addresses: ['192.0.2.1', '2001:db8::/32'],
    server: 'sip.example.net',
    registration: { username: 'us', password: 'secret' },
  };

  test('are kept as entered, and what a new entry leaves out is gone', async () => {
    const { trunks } = database;
    const bare = { id: 'another', name: 'Another', addresses: [] };
    expect(await trunks.create(carrier)).toEqual(carrier);
    await trunks.create(bare);
    expect(await trunks.list()).toEqual([bare, carrier]);
    expect(await trunks.replace('carrier', { ...bare, id: 'carrier' })).toEqual({ ...bare, id: 'carrier' });
    expect(await trunks.byId('carrier')).toEqual({ ...bare, id: 'carrier' });
    await trunks.remove('carrier');
    expect(await trunks.byId('carrier')).toBeUndefined();
  });

  test('one that is there already, is not there, or has half a registration, is refused', async () => {
    const { trunks } = database;
    await trunks.create(carrier);
    expect(await refusalOf(trunks.create(carrier))).toBe('already-there');
    expect(await refusalOf(trunks.replace('nobody', carrier))).toBe('not-found');
    expect(await refusalOf(trunks.remove('nobody'))).toBe('not-found');
    expect(await refusalOf(trunks.create({ ...carrier, id: 'Not A Slug' }))).toBe('invalid');
    await expect(sql(url, 'UPDATE trunks SET registration_password = NULL')).rejects.toThrow(
      'trunks_registration_check',
    );
  });
});

describe('users', () => {
  const sue = { username: 'sue', name: 'Sue', role: 'supervisor' } as const;

  test('can sign in as soon as they have a password, and no longer when it is taken away', async () => {
    const { users } = database;
    const { id, ...created } = await users.create(sue);
    expect(created).toEqual({ ...sue, agentId: null, language: 'en', hasPassword: false });
    expect(await users.credentials('sue')).toMatchObject({ passwordHash: null });
    await users.setPasswordHash(id, await hashPassword('correct horse'));
    const { user, passwordHash } = (await users.credentials('sue')) ?? {};
    expect(user).toEqual({ id, ...created, hasPassword: true });
    expect(await isPassword('correct horse', passwordHash)).toBe(true);
    expect(await isPassword('wrong horse', passwordHash)).toBe(false);
    expect(JSON.stringify([await users.list(), await users.byId(id)])).not.toContain('argon2');
    await users.setPasswordHash(id, null);
    expect(await users.byId(id)).toMatchObject({ hasPassword: false });
    expect(await isPassword('correct horse', null)).toBe(false);
  });

  test('are changed in part, and removed', async () => {
    const { users } = database;
    const { id } = await users.create(sue);
    await users.create({ ...sue, username: 'bob' });
    expect((await users.list()).map(({ username }) => username)).toEqual(['bob', 'sue']);
    expect(await users.update(id, { role: 'administrator', language: 'fr' })).toMatchObject({
      username: 'sue',
      name: 'Sue',
      role: 'administrator',
      language: 'fr',
    });
    await users.remove(id);
    expect(await users.byId(id)).toBeUndefined();
    expect(await users.credentials('sue')).toBeUndefined();
  });

  test('two with one name, two who are one agent, and one who is nobody are refused', async () => {
    const { agents, phones, users } = database;
    await phones.create(desk('101'));
    await agents.create(ana);
    const { id } = await users.create({ username: 'ana', name: 'Ana', role: 'agent', agentId: 'ana' });
    const other = await users.create(sue);
    expect(await refusalOf(users.create(sue))).toBe('already-there');
    expect(await refusalOf(users.update(other.id, { username: 'ana' }))).toBe('already-there');
    expect(await refusalOf(users.update(other.id, { agentId: 'ana' }))).toBe('already-there');
    expect(await refusalOf(users.update(other.id, { agentId: 'nobody' }))).toBe('unknown-reference');
    expect(await refusalOf(users.update('nobody', { name: 'N' }))).toBe('not-found');
    expect(await refusalOf(users.setPasswordHash('nobody', null))).toBe('not-found');
    expect(await refusalOf(users.remove('nobody'))).toBe('not-found');
    expect(await users.byId(id)).toMatchObject({ agentId: 'ana' });
  });

  test('an agent who leaves leaves the user, who is then no agent', async () => {
    const { agents, phones, users } = database;
    await phones.create(desk('101'));
    await agents.create(ana);
    const { id } = await users.create({ username: 'ana', name: 'Ana', role: 'agent', agentId: 'ana' });
    await agents.remove('ana');
    expect(await users.byId(id)).toMatchObject({ username: 'ana', agentId: null });
  });
});

test('text that PostgreSQL cannot keep is refused, and any other is kept', async () => {
  const { phones, users } = database;
  expect(await refusalOf(phones.create({ extension: '101', name: 'De\u0000sk' }))).toBe('invalid');
  expect(await refusalOf(users.create({ username: 'su\u0000e', name: 'Sue', role: 'agent' }))).toBe('invalid');
  const name = `👩‍👩‍👧 \u202e'); drop table phones; -- ${'é'.repeat(10_000)}`;
  expect(await phones.create({ extension: '101', name })).toMatchObject({ name });
  expect(await phones.byExtension('101')).toMatchObject({ name });
});

test('a refusal says in a sentence what is wrong, and by which rule', async () => {
  const { agents, phones } = database;
  await phones.create(desk('101'));
  await agents.create(ana);
  const sentenceOf = async (change: Promise<unknown>): Promise<string> => {
    const error = await change.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DatabaseRefusal);
    return (error as DatabaseRefusal).message;
  };
  expect(await sentenceOf(phones.create(desk('101')))).toMatch(/^There is one like this already\. \(phones_pkey\)$/);
  expect(await sentenceOf(phones.remove('101'))).toMatch(
    /^Something else still refers to this\. \(agents_extension_fkey\)$/,
  );
  expect(await sentenceOf(agents.create({ ...ana, id: 'ben', extension: '999' }))).toMatch(
    /^This refers to something that does not exist\. \(agents_extension_fkey\)$/,
  );
  expect(await sentenceOf(phones.create(desk('x')))).toMatch(
    /^The database does not accept this value\. \(phones_extension_check\)$/,
  );
  expect(await sentenceOf(phones.remove('999'))).toBe('There is no such entry.');
});

describe('moving in the demo', () => {
  /** Everything in the database, in an order of its own. */
  const everything = async (): Promise<unknown> => {
    const { agents, customers, phones, policies, trunks, users } = database;
    return {
      agents: await agents.list(),
      customers: await customers.list({ limit: 100 }),
      phones: await phones.list(),
      policies: await policies.versions(),
      policy: await policies.current(),
      trunks: await trunks.list(),
      users: await users.list(),
    };
  };

  test('furnishes an empty house once; the second time nothing changes', async () => {
    expect(await moveInDemo(database)).toBe(true);
    const furnished = await everything();
    expect(furnished).toMatchObject({ policy: { version: 1 } });
    expect(await database.agents.list()).toHaveLength(6);
    expect((await database.customers.identify('0639981234')).customer).toMatchObject({ segment: 'vip' });
    expect((await database.users.list()).some(({ hasPassword }) => hasPassword)).toBe(false);
    expect(await moveInDemo(database)).toBe(false);
    expect(await everything()).toEqual(furnished);
  });

  test('leaves alone what people have changed since', async () => {
    await moveInDemo(database);
    const { agents, customers, phones } = database;
    await agents.update('ana', { name: 'Ana L.' });
    await agents.remove('ben');
    await phones.remove('102');
    for (const { id } of await customers.list({ limit: 100 })) await customers.remove(id);
    const changed = await everything();
    expect(await moveInDemo(database)).toBe(false);
    expect(await everything()).toEqual(changed);
  });

  test('that was cut off goes on where it stopped', async () => {
    await moveInDemo(database);
    const whole = (await everything()) as Record<string, unknown>;
    await sql(url, 'TRUNCATE policy_versions');
    await sql(url, `DELETE FROM customers WHERE name <> 'Hugo Petit'`);
    await sql(url, 'DELETE FROM trunks');
    await sql(url, `DELETE FROM users WHERE username IN ('farid', 'sophie')`);
    await sql(url, `DELETE FROM agents WHERE id = 'farid'`);
    expect(await moveInDemo(database)).toBe(true);
    const again = (await everything()) as typeof whole;
    for (const part of ['agents', 'phones', 'policy', 'trunks']) expect(again[part], part).toEqual(whole[part]);
    expect(again.customers).toHaveLength(5);
    expect(again.users).toHaveLength(7);
  });

  test('by two processes at once makes one house', async () => {
    const another = connectedUntilTheEnd(url);
    const moved = await Promise.all([moveInDemo(database), moveInDemo(another)]);
    expect(moved).toContain(true);
    expect(await database.agents.list()).toHaveLength(6);
    expect(await database.customers.list({ limit: 100 })).toHaveLength(5);
    expect(await database.policies.versions()).toHaveLength(1);
  });
});
