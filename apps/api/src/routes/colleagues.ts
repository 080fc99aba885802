import { type Colleague, ColleagueList } from '@cordboard/contracts';
import type { AgentId } from '@cordboard/core';
import { everyRole, type Route, route } from '../http/route.ts';

export const colleagueRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/colleagues',
    summary: 'To whom one can give a call: every other agent, then the phones at which none sits',
    roles: everyRole,
    answer: ColleagueList,
    async handle({ person: { user } }, { database, feed }) {
      const [agents, phones] = await Promise.all([database.agents.list(), database.phones.list()]);
      const seated = new Set(agents.map(({ extension }) => extension));
      const items: Colleague[] = [
        ...agents
          .filter(({ id }) => id !== user.agentId)
          .map(({ id, name, extension }) => ({
            extension,
            name,
            agent: id,
            state: feed.board.agent(id as AgentId)?.state ?? null,
          })),
        ...phones
          .filter(({ extension }) => !seated.has(extension))
          .map(({ extension, name }) => ({ extension, name, agent: null, state: null })),
      ];
      return { items };
    },
  }),
];
