import { DatabaseUnavailable, type UserAccount } from '@cordboard/database';
import type { Sessions } from '@cordboard/redis';
import { expect, test } from 'vitest';
import { createPeople } from './people.ts';

const ana: UserAccount = {
  id: 'u1',
  username: 'ana',
  name: 'Ana',
  role: 'administrator',
  agentId: null,
  language: 'fr',
  hasPassword: true,
};

/** A house in which Ana is signed in, and whose directory says what a test wants. */
const aHouse = (byId: () => Promise<UserAccount | undefined>) => {
  const revoked: string[] = [];
  let now = 0;
  const sessions: Pick<Sessions, 'find' | 'revokeAllOf'> = {
    find: async (token) => (token === 'hers' ? { user: ana, csrfToken: 'c' } : undefined),
    revokeAllOf: async (user) => {
      revoked.push(user);
    },
  };
  const people = createPeople(sessions as Sessions, { byId }, () => now);
  return {
    people,
    revoked,
    after: (ms: number) => {
      now += ms;
    },
  };
};

test('a changed role holds without signing in again', async () => {
  let role: UserAccount['role'] = 'administrator';
  const { people, after } = aHouse(async () => ({ ...ana, role }));
  expect((await people.find('hers'))?.user.role).toBe('administrator');
  role = 'agent';
  after(2000);
  expect((await people.find('hers'))?.user.role).toBe('agent');
  role = 'supervisor';
  people.changed('u1');
  expect((await people.find('hers'))?.user.role).toBe('supervisor');
});

test('whoever has been removed is signed out everywhere', async () => {
  const { people, revoked } = aHouse(async () => undefined);
  expect(await people.find('hers')).toBeUndefined();
  expect(revoked).toEqual(['u1']);
});

test('while the database is away, who was signed in stays who they were', async () => {
  let away = false;
  const { people, after } = aHouse(async () => {
    if (away) throw new DatabaseUnavailable('away');
    return { ...ana, role: 'supervisor' };
  });
  await people.find('hers');
  away = true;
  after(5000);
  expect((await people.find('hers'))?.user.role).toBe('supervisor');
});

test('a database that hangs is not waited for', async () => {
  const { people } = aHouse(() => new Promise(() => undefined));
  expect((await people.find('hers'))?.user.role).toBe('administrator');
});

test('an unknown token is nobody', async () => {
  expect(await aHouse(async () => ana).people.find('stolen')).toBeUndefined();
});
