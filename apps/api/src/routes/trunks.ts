import { type Trunk, TrunkChange, TrunkCheck, TrunkEntry, TrunkInput, TrunkList } from '@cordboard/contracts';
import { askCarrier, type Finding, findings } from '@cordboard/trunk-probe';
import { z } from 'zod';
import { Refusal } from '../http/refusal.ts';
import { administrators, leads, type Route, route } from '../http/route.ts';
import type { Parts } from '../parts.ts';

const ById = z.strictObject({ id: z.string().min(1).max(64) });

export const trunkRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/trunks',
    summary: 'The trunks to carriers, and how they stand',
    roles: leads,
    answer: TrunkList,
    handle: async (_, parts) => ({
      items: (await parts.database.trunks.list()).map((trunk) => withNow(trunk, parts)),
    }),
  }),
  route({
    method: 'post',
    path: '/api/trunks',
    summary: 'Add a trunk',
    roles: administrators,
    body: TrunkInput,
    answer: TrunkEntry,
    status: 201,
    handle: async ({ body }, parts) => withNow(await parts.database.trunks.create(body), parts),
  }),
  route({
    method: 'get',
    path: '/api/trunks/:id',
    summary: 'One trunk',
    roles: administrators,
    params: ById,
    answer: TrunkEntry,
    handle: async ({ params }, parts) => withNow(await trunkById(params.id, parts), parts),
  }),
  route({
    method: 'post',
    path: '/api/trunks/:id/check',
    summary: 'Ask the carrier, and say in words what is wrong',
    roles: leads,
    params: ById,
    answer: TrunkCheck,
    handle: async ({ params }, parts) => check(await trunkById(params.id, parts), parts),
  }),
  route({
    method: 'put',
    path: '/api/trunks/:id',
    summary: 'Replace a trunk; a registration without its password keeps the one it has',
    roles: administrators,
    params: ById,
    body: TrunkChange,
    answer: TrunkEntry,
    async handle({ params: { id }, body: { registration, ...rest } }, parts) {
      const before = await trunkById(id, parts);
      const trunk = await parts.database.trunks.replace(id, {
        id,
        ...rest,
        ...(registration === undefined ? {} : { registration: withPassword(registration, before) }),
      });
      return withNow(trunk, parts);
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

const withNow = (trunk: Trunk, { feed }: Parts): TrunkEntry => ({ ...trunk, now: feed.board.trunk(trunk.id) ?? null });

const check = async ({ id, server, registration }: TrunkInput, { feed }: Parts): Promise<TrunkCheck> => {
  const now = feed.board.trunk(id) ?? null;
  const told = (found: readonly Finding[], roundTripMs: number | null): TrunkCheck => ({
    ok: found.length === 0,
    findings: [...found],
    roundTripMs,
    now,
  });
  if (server === undefined)
    return told(
      [
        {
          code: 'no-server',
          message: 'The trunk has no server, and so takes calls only: enter where calls go out to.',
        },
      ],
      null,
    );
  const answers = await askCarrier({ server, ...(registration === undefined ? {} : { registration }) });
  return told(findings(answers, now?.lastError ?? null), (answers.udp ?? answers.tcp)?.tookMs ?? null);
};

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
