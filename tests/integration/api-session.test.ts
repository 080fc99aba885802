import { sessionLifeMs } from '@cordboard/redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Person } from '../support/api.ts';
import { type ApiHouse, openApiHouse, password } from './api-house.ts';

let house: ApiHouse;
beforeAll(async () => {
  house = await openApiHouse();
});
afterAll(() => house.close());

const json = { 'content-type': 'application/json' };
const signIn = (username: string, secret: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${house.url}/api/session`, {
    method: 'POST',
    headers: { ...json, ...headers },
    body: JSON.stringify({ username, password: secret }),
  });
const problemOf = async (response: Response): Promise<{ status: number; code: string }> => {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  return (await response.json()) as { status: number; code: string };
};

describe('signing in', () => {
  test('gives a session that scripts and other sites cannot reach', async () => {
    const response = await signIn('sue', password);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ user: { username: 'sue', role: 'supervisor' } });
    const [cookie = ''] = response.headers.getSetCookie();
    for (const attribute of ['HttpOnly', 'SameSite=Strict', 'Path=/', `Max-Age=${sessionLifeMs / 1000}`])
      expect(cookie).toContain(attribute);
    expect(cookie).not.toContain('Secure');
  });

  test('behind TLS the cookie travels over TLS only', async () => {
    const response = await signIn('sue', password, { 'x-forwarded-proto': 'https' });
    expect(response.headers.getSetCookie()[0]).toContain('Secure');
  });

  test('an unknown name and a wrong password are told apart neither by the answer nor by its time', async () => {
    const took = async (username: string): Promise<readonly [number, unknown]> => {
      const began = performance.now();
      const body = await (await signIn(username, 'wrong wrong wrong')).json();
      return [performance.now() - began, body];
    };
    await took('sue');
    const times = { known: 0, unknown: 0 };
    for (const _ of [1, 2, 3, 4]) {
      const [known, knownBody] = await took('sue');
      const [unknown, unknownBody] = await took('nobody-here');
      expect(knownBody).toEqual(unknownBody);
      times.known += known;
      times.unknown += unknown;
    }
    expect(times.unknown / times.known).toBeGreaterThan(0.5);
    expect(times.unknown / times.known).toBeLessThan(2);
  });

  test('begins a new session each time, and the one of before ends', async () => {
    const person = await new Person(house.url).signIn('sue', password);
    const before = person.cookie;
    await person.signIn('sue', password);
    expect(person.cookie).not.toBe(before);
    const old = await fetch(`${house.url}/api/session`, { headers: { cookie: before } });
    expect(old.status).toBe(401);
  });

  test('from another site is refused', async () => {
    const response = await signIn('sue', password, { origin: 'https://evil.example' });
    expect(await problemOf(response)).toMatchObject({ status: 403, code: 'foreign-origin' });
  });

  test('a user without a password cannot sign in', async () => {
    await house.database.users.create({ username: 'nopass', name: 'No', role: 'administrator' });
    expect((await signIn('nopass', '')).status).toBe(422);
    expect((await signIn('nopass', 'anything at all')).status).toBe(401);
  });

  test('is refused after too many attempts, for a while, also with the right password', async () => {
    await house.database.users.create({ username: 'target', name: 'Target', role: 'agent' });
    const attempts = await Promise.all(Array.from({ length: 12 }, () => signIn('target', 'guess guess guess')));
    const refused = attempts.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(2);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(60);
    expect((await signIn('sue', password)).status).toBe(200);
  });
});

describe('a session', () => {
  test('ends with signing out', async () => {
    const person = await new Person(house.url).signIn('sue', password);
    const response = await person.send('DELETE', '/api/session');
    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie()[0]).toMatch(/^cordboard\.sid=;.*Expires=Thu, 01 Jan 1970/);
    expect((await person.send('GET', '/api/session')).status).toBe(401);
  });

  test('needs the token of its page for everything that changes something', async () => {
    const { cookie } = house.supervisor;
    const ask = (headers: Record<string, string>) =>
      fetch(`${house.url}/api/session`, { method: 'DELETE', headers: { cookie, ...headers } });
    for (const token of [{}, { 'x-csrf-token': '' }, { 'x-csrf-token': 'guess' }])
      expect(await problemOf(await ask(token))).toMatchObject({ status: 403, code: 'csrf-token-missing' });
    expect((await house.supervisor.send('GET', '/api/session')).status).toBe(200);
  });

  test('goes on under a new token when one changes one’s password, and all others end', async () => {
    const { administrator } = house;
    const user = await administrator.ask<{ id: string }>('POST', '/api/users', {
      username: 'rita',
      name: 'Rita',
      role: 'supervisor',
      password,
    });
    expect(user).toMatchObject({ hasPassword: true });
    const here = await new Person(house.url).signIn('rita', password);
    const elsewhere = await new Person(house.url).signIn('rita', password);
    const wrong = { currentPassword: 'not hers at all', newPassword: 'another long password' };
    expect((await here.send('PUT', '/api/session/password', wrong)).status).toBe(422);
    const short = { currentPassword: password, newPassword: 'short' };
    expect((await here.send('PUT', '/api/session/password', short)).status).toBe(422);
    const right = { currentPassword: password, newPassword: 'another long password' };
    const changed = await here.send('PUT', '/api/session/password', right);
    expect(changed.status).toBe(200);
    expect((await elsewhere.send('GET', '/api/session')).status).toBe(401);
    expect((await here.send('GET', '/api/session')).status).toBe(401);
    const cookie = changed.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect((await fetch(`${house.url}/api/session`, { headers: { cookie } })).status).toBe(200);
    expect((await signIn('rita', password)).status).toBe(401);
    expect((await signIn('rita', right.newPassword)).status).toBe(200);
  });
});

describe('roles', () => {
  test('a changed role holds at once, without signing in again', async () => {
    const { administrator } = house;
    const fields = { username: 'paul', name: 'Paul', role: 'administrator' };
    const { id } = await administrator.ask<{ id: string }>('POST', '/api/users', { ...fields, password });
    const paul = await new Person(house.url).signIn('paul', password);
    expect((await paul.send('GET', '/api/users')).status).toBe(200);
    await administrator.ask('PUT', `/api/users/${id}`, { ...fields, role: 'agent' });
    expect(await problemOf(await paul.send('GET', '/api/users'))).toMatchObject({ status: 403, code: 'forbidden' });
    await administrator.ask('DELETE', `/api/users/${id}`);
    expect((await paul.send('GET', '/api/session')).status).toBe(401);
  });

  test('a password set by an administrator ends the sessions of its user', async () => {
    const { administrator } = house;
    const { id } = await administrator.ask<{ id: string }>('POST', '/api/users', {
      username: 'lost',
      name: 'Lost',
      role: 'agent',
      password,
    });
    const lost = await new Person(house.url).signIn('lost', password);
    await administrator.ask('PUT', `/api/users/${id}/password`, { password: 'given by the boss' });
    expect((await lost.send('GET', '/api/session')).status).toBe(401);
    expect((await signIn('lost', 'given by the boss')).status).toBe(200);
  });

  test('nobody can lock everybody out', async () => {
    const { items } = await house.administrator.ask<{ items: { id: string; username: string }[] }>('GET', '/api/users');
    const id = items.find(({ username }) => username === 'admin')?.id;
    const demoted = { username: 'admin', name: 'Admin', role: 'supervisor' };
    for (const response of [
      await house.administrator.send('PUT', `/api/users/${id}`, demoted),
      await house.administrator.send('DELETE', `/api/users/${id}`),
    ])
      expect(await problemOf(response)).toMatchObject({ status: 409, code: 'last-administrator' });
  });
});
