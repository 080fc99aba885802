import { z } from 'zod';
import { listOf } from './fields.ts';

/** Somebody who has been promised to be called back, and keeps the place in line meanwhile. Times are in ms since the epoch. */
export const Callback = z
  .object({
    id: z.string(),
    queue: z.string(),
    number: z.string(),
    name: z.string(),
    openedAt: z.number(),
    /** Since when they wait, the time on the line included. */
    queuedAt: z.number(),
    priority: z.number(),
    state: z.enum(['waiting', 'calling', 'resting']),
    /** Why they rest; null unless `resting`. `no-line-out`: no trunk carries a call, and no attempt is counted. */
    because: z.enum(['closed', 'no-answer', 'lost', 'no-line-out']).nullable(),
    /** When they come into line again; null unless `resting`. */
    until: z.number().nullable(),
    /** How often their phone was rung in vain. */
    missed: z.number().int(),
  })
  .meta({ id: 'Callback' });
export type Callback = z.infer<typeof Callback>;
export const CallbackList = listOf('CallbackList', Callback);
