import { type SwitchEntry, SwitchList, SwitchTurn } from '@cordboard/contracts';
import { z } from 'zod';
import { Refusal } from '../http/refusal.ts';
import { leads, type Route, route } from '../http/route.ts';
import type { Parts } from '../parts.ts';
import { obeyed } from './obeyed.ts';

const ById = z.strictObject({ id: z.string().min(1).max(64) });

/** What the policy lets people turn by hand: night service, a message of the day. */
export const switchRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/switches',
    summary: 'The switches of the policy, and how they stand',
    roles: leads,
    answer: SwitchList,
    handle: async (_, parts) => ({ items: await switchesOf(parts) }),
  }),
  route({
    method: 'put',
    path: '/api/switches/:id',
    summary: 'Turn a switch; the next call goes by it',
    roles: leads,
    params: ById,
    body: SwitchTurn,
    async handle({ params: { id }, body: { on }, person }, parts) {
      if (!(await switchesOf(parts)).some((each) => each.id === id))
        throw new Refusal('not-found', 'The policy has no such switch. See /api/switches.');
      obeyed(await parts.control.ask({ type: 'turn-switch', switch: id, on }, person.user.username));
    },
  }),
];

const switchesOf = async ({ database, feed }: Parts): Promise<SwitchEntry[]> => {
  const policy = await database.policies.current();
  return Object.entries(policy?.switches ?? {}).map(([id, { name }]) => {
    const state = feed.board.switch(id);
    return { id, name, on: state?.on ?? false, turnedAt: state?.at ?? null, turnedBy: state?.by ?? null };
  });
};
