import { PasswordSetting, User, UserChange, UserInput, UserList } from '@cordboard/contracts';
import { hashPassword, type UserAccount } from '@cordboard/database';
import { z } from 'zod';
import { Refusal } from '../http/refusal.ts';
import { administrators, type Route, route } from '../http/route.ts';
import type { Parts } from '../parts.ts';

const ById = z.strictObject({ id: z.string().min(1).max(64) });

export const userRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/users',
    summary: 'Who may sign in',
    roles: administrators,
    answer: UserList,
    handle: async (_, { database }) => ({ items: [...(await database.users.list())] }),
  }),
  route({
    method: 'post',
    path: '/api/users',
    summary: 'Let somebody sign in',
    roles: administrators,
    body: UserInput,
    answer: User,
    status: 201,
    async handle({ body: { password, ...input } }, { database }) {
      const user = await database.users.create(input);
      if (password === undefined) return user;
      await database.users.setPasswordHash(user.id, await hashPassword(password));
      return { ...user, hasPassword: true };
    },
  }),
  route({
    method: 'get',
    path: '/api/users/:id',
    summary: 'One user',
    roles: administrators,
    params: ById,
    answer: User,
    handle: ({ params }, parts) => userById(params.id, parts),
  }),
  route({
    method: 'put',
    path: '/api/users/:id',
    summary: 'Change a user; a new role holds at once',
    roles: administrators,
    params: ById,
    body: UserChange,
    answer: User,
    async handle({ params: { id }, body }, parts) {
      const before = await userById(id, parts);
      if (body.role !== 'administrator') await requireAnotherAdministrator(before, parts);
      const user = await parts.database.users.update(id, body);
      parts.people.changed(id);
      return user;
    },
  }),
  route({
    method: 'put',
    path: '/api/users/:id/password',
    summary: 'Set a password; all sessions of this user end',
    roles: administrators,
    params: ById,
    body: PasswordSetting,
    async handle({ params: { id }, body }, parts) {
      await userById(id, parts);
      await parts.database.users.setPasswordHash(id, await hashPassword(body.password));
      await parts.sessions.revokeAllOf(id);
    },
  }),
  route({
    method: 'delete',
    path: '/api/users/:id',
    summary: 'Let somebody sign in no more; all their sessions end',
    roles: administrators,
    params: ById,
    async handle({ params: { id } }, parts) {
      await requireAnotherAdministrator(await userById(id, parts), parts);
      await parts.database.users.remove(id);
      parts.people.changed(id);
      await parts.sessions.revokeAllOf(id);
    },
  }),
];

const userById = async (id: string, { database }: Parts): Promise<UserAccount> => {
  const user = await database.users.byId(id);
  if (user === undefined) throw new Refusal('not-found', 'There is no such user. See /api/users.');
  return user;
};

/** Nobody can lock everybody out. */
const requireAnotherAdministrator = async ({ id, role }: UserAccount, { database }: Parts): Promise<void> => {
  if (role !== 'administrator') return;
  const users = await database.users.list();
  if (!users.some((user) => user.id !== id && user.role === 'administrator' && user.hasPassword))
    throw new Refusal('last-administrator', 'Make somebody else an administrator first.');
};
