import { SiteList } from '@cordboard/contracts';
import { instant } from '@cordboard/core';
import { leads, type Route, route } from '../http/route.ts';

export const siteRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/sites',
    summary: 'What the agents of each site do now, and what they have answered today, by queue',
    roles: leads,
    answer: SiteList,
    handle: async (_, { feed }) => ({ items: [...feed.board.sites(instant(Date.now()))] }),
  }),
];
