import type { SiteFigures } from '@cordboard/core';
import { z } from 'zod';
import { id, listOf } from './fields.ts';
import { StateCountsShape } from './views.ts';

const count = z.number().int().min(0);

/** What the agents of one site do, and have done today; over all sites each figure sums to the queue's own. */
const Site: z.ZodType<SiteFigures> = z
  .object({
    site: z.string().nullable(),
    agents: StateCountsShape,
    queues: z.array(
      z.object({
        queue: id<SiteFigures['queues'][number]['queue']>(),
        name: z.string(),
        members: StateCountsShape,
        waiting: count,
        answeredToday: count,
        answeredWithinToday: count,
      }),
    ),
  })
  .meta({ id: 'Site' });
export const SiteList = listOf('SiteList', Site);
