import { Trunk, TrunkChange, TrunkInput, TrunkList } from '@cordboard/contracts';
import { z } from 'zod';
import { Refusal } from '../http/refusal.ts';
import { administrators, type Route, route } from '../http/route.ts';
import type { Parts } from '../parts.ts';

const ById = z.strictObject({ id: z.string().min(1).max(64) });

export const trunkRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/trunks',
    summary: 'The trunks to carriers',
    roles: administrators,
    answer: TrunkList,
    handle: async (_, { database }) => ({ items: [...(await database.trunks.list())] }),
  }),
  route({
    method: 'post',
    path: '/api/trunks',
    summary: 'Add a trunk',
    roles: administrators,
    body: TrunkInput,
    answer: Trunk,
    status: 201,
    handle: ({ body }, { database }) => database.trunks.create(body),
  }),
  route({
    method: 'get',
    path: '/api/trunks/:id',
    summary: 'One trunk',
    roles: administrators,
    params: ById,
    answer: Trunk,
    handle: ({ params }, parts) => trunkById(params.id, parts),
  }),
  route({
    method: 'put',
    path: '/api/trunks/:id',
    summary: 'Replace a trunk; a registration without its password keeps the one it has',
    roles: administrators,
    params: ById,
    body: TrunkChange,
    answer: Trunk,
    async handle({ params: { id }, body: { registration, ...rest } }, parts) {
      const before = await trunkById(id, parts);
      return parts.database.trunks.replace(id, {
        id,
        ...rest,
        ...(registration === undefined ? {} : { registration: withPassword(registration, before) }),
      });
    },
  }),
  route({
    method: 'delete',
    path: '/api/trunks/:id',
    summary: 'Remove a trunk',
    roles: administrators,
    params: ById,
    handle: ({ params }, { database }) => database.trunks.remove(params.id),
  }),
];

const trunkById = async (id: string, { database }: Parts): Promise<TrunkInput> => {
  const trunk = await database.trunks.byId(id);
  if (trunk === undefined) throw new Refusal('not-found', 'There is no such trunk. See /api/trunks.');
  return trunk;
};

const withPassword = (
  { username, password }: NonNullable<TrunkChange['registration']>,
  before: TrunkInput,
): NonNullable<TrunkInput['registration']> => {
  const known = password ?? before.registration?.password;
  if (known !== undefined) return { username, password: known };
  throw new Refusal('invalid', 'The trunk did not register so far: send the password too.', {
    errors: [{ path: 'registration.password', message: 'Required the first time.' }],
  });
};
