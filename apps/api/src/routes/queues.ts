import { MemberPlacement } from '@cordboard/contracts';
import { z } from 'zod';
import { leads, type Route, route } from '../http/route.ts';
import { obeyed } from './obeyed.ts';

const Member = z.strictObject({ queue: z.string().min(1).max(64), agent: z.string().min(1).max(64) });

export const queueRoutes: readonly Route[] = [
  route({
    method: 'put',
    path: '/api/queues/:queue/members/:agent',
    summary: 'Put an agent into a queue, take one out, or leave it to the policy again; until the agent signs out',
    roles: leads,
    params: Member,
    body: MemberPlacement,
    async handle({ params: { queue, agent }, body, person: { user } }, { control }) {
      obeyed(await control.ask({ type: 'place-member', queue, agent, placement: body }, user.username));
    },
  }),
];
