import type { Contact as CoreContact } from '@cordboard/core';
import { z } from 'zod';
import { OutsideNumber } from '../policy/fields.ts';
import { ExtensionNumber, id, listOf, Name, Slug } from './fields.ts';
import { AgentViewShape } from './views.ts';

/** What is asked of an agent's state. */
export const AgentStateRequest = z
  .discriminatedUnion('to', [
    z.strictObject({ to: z.literal('sign-in') }),
    z.strictObject({ to: z.literal('sign-out') }),
    z.strictObject({ to: z.literal('pause'), reason: z.string().trim().min(1).max(64) }),
    z.strictObject({ to: z.literal('be-ready') }),
    z.strictObject({ to: z.literal('wrapped-up'), code: z.string().min(1).max(64) }),
  ])
  .meta({ id: 'AgentStateRequest' });
export type AgentStateRequest = z.infer<typeof AgentStateRequest>;

/** Where an agent works who is not at the desk phone: rung over a trunk, and asked to press 1 to accept. */
const Contact = z.strictObject({ number: OutsideNumber, trunk: Slug });

/** `site`: where they work, in a house with several sites; null: not said; a change that leaves it out keeps it. */
export const AgentInput = z
  .strictObject({
    id: Slug,
    name: Name,
    extension: ExtensionNumber,
    site: z.string().trim().min(1).max(64).nullable().exactOptional(),
    contact: Contact.nullable().optional(),
  })
  .meta({ id: 'AgentInput' });
export type AgentInput = z.infer<typeof AgentInput>;

export const AgentChange = AgentInput.omit({ id: true }).meta({ id: 'AgentChange' });
export type AgentChange = z.infer<typeof AgentChange>;

/** Since local midnight; `occupancy` is handling ÷ available, null when there is nothing to divide. */
const AgentToday = z.object({
  date: z.string(),
  handlingMs: z.number(),
  availableMs: z.number(),
  occupancy: z.number().nullable(),
});

/** As entered, what they are doing now, and how their day has gone; null while call control has not said. */
export const AgentEntry = z
  .object({
    id: z.string(),
    name: z.string(),
    extension: z.string(),
    site: z.string().nullable(),
    contact: z.object({ number: id<CoreContact['number']>(), trunk: z.string() }).exactOptional(),
    now: AgentViewShape.nullable(),
    today: AgentToday.nullable(),
  })
  .meta({ id: 'AgentEntry' });
export type AgentEntry = z.infer<typeof AgentEntry>;
export const AgentList = listOf('AgentList', AgentEntry);
