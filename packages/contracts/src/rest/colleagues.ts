import { z } from 'zod';
import { listOf } from './fields.ts';
import { AgentStateShape } from './views.ts';

/** Somebody to whom a call can be given, or who can join one: an agent, or a phone at which no agent sits. */
const Colleague = z
  .object({
    extension: z.string(),
    name: z.string(),
    agent: z.string().nullable(),
    /** What the agent is doing now; null for a phone, or while call control has not said. */
    state: AgentStateShape.nullable(),
  })
  .meta({ id: 'Colleague' });
export type Colleague = z.infer<typeof Colleague>;
export const ColleagueList = listOf('ColleagueList', Colleague);
