import { z } from 'zod';

/** The process answers. */
export const Health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

const Check = z.object({ ok: z.boolean(), because: z.string() });

/** Whether everything that the API leans on answers, and what is the matter where it does not. */
export const Readiness = z
  .object({
    ready: z.boolean(),
    checks: z.object({ redis: Check, database: Check, callControl: Check, journal: Check, disk: Check, feed: Check }),
  })
  .meta({ id: 'Readiness' });
export type Readiness = z.infer<typeof Readiness>;
