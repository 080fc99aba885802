import {
  AgentEntry as AgentAnswer,
  AgentChange,
  type AgentEntry,
  AgentInput,
  AgentList,
  AgentStateRequest,
} from '@cordboard/contracts';
import { type AgentId, instant } from '@cordboard/core';
import { z } from 'zod';
import { Refusal } from '../http/refusal.ts';
import { administrators, everyRole, type Route, route } from '../http/route.ts';
import type { Parts } from '../parts.ts';
import { obeyed } from './obeyed.ts';

const ById = z.strictObject({ id: z.string().min(1).max(64) });

export const agentRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/agents',
    summary: 'The agents, and what each is doing now; agents see themselves',
    roles: everyRole,
    answer: AgentList,
    async handle({ person: { user } }, parts) {
      const agents = await parts.database.agents.list();
      const seen = user.role === 'agent' ? agents.filter(({ id }) => id === user.agentId) : agents;
      return { items: seen.map((agent) => withNow(agent, parts)) };
    },
  }),
  route({
    method: 'post',
    path: '/api/agents',
    summary: 'Add an agent; the phone must exist',
    roles: administrators,
    body: AgentInput,
    answer: AgentAnswer,
    status: 201,
    handle: async ({ body }, parts) => withNow(await parts.database.agents.create(body), parts),
  }),
  route({
    method: 'get',
    path: '/api/agents/:id',
    summary: 'One agent; agents see themselves',
    roles: everyRole,
    params: ById,
    answer: AgentAnswer,
    async handle({ params: { id }, person: { user } }, parts) {
      const agent = user.role !== 'agent' || user.agentId === id ? await parts.database.agents.byId(id) : undefined;
      if (agent === undefined) throw new Refusal('no-such-agent', 'There is no such agent. See /api/agents.');
      return withNow(agent, parts);
    },
  }),
  route({
    method: 'put',
    path: '/api/agents/:id',
    summary: "Change an agent's name or phone",
    roles: administrators,
    params: ById,
    body: AgentChange,
    answer: AgentAnswer,
    handle: async ({ params, body }, parts) => withNow(await parts.database.agents.update(params.id, body), parts),
  }),
  route({
    method: 'delete',
    path: '/api/agents/:id',
    summary: 'Remove an agent',
    roles: administrators,
    params: ById,
    handle: ({ params }, { database }) => database.agents.remove(params.id),
  }),
  route({
    method: 'put',
    path: '/api/agents/:id/state',
    summary: 'Sign in or out, pause, be ready, give a wrap-up code; agents ask for themselves only',
    roles: everyRole,
    params: ById,
    body: AgentStateRequest,
    async handle({ params: { id }, body, person: { user } }, { control }) {
      if (user.role === 'agent' && user.agentId !== id)
        throw new Refusal('forbidden', 'Ask for yourself only; for others, ask a supervisor.');
      obeyed(await control.ask({ type: 'agent-state', agent: id, request: body }, user.username));
    },
  }),
];

const withNow = (agent: Omit<AgentEntry, 'now' | 'today'>, { feed }: Parts): AgentEntry => ({
  ...agent,
  now: feed.board.agent(agent.id as AgentId) ?? null,
  today: feed.board.agentToday(agent.id as AgentId, instant(Date.now())) ?? null,
});
