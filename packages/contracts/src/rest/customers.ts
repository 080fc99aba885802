import { z } from 'zod';
import { pageQuery, pagesOf, Slug } from './fields.ts';

export const CustomerInput = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    company: z.string().trim().max(200).optional(),
    segment: z.string().trim().max(64).optional(),
    notes: z.string().max(4000).optional(),
    /** The id of the agent whose customer this is. */
    owner: Slug.optional(),
    openCase: z.string().trim().min(1).max(100).optional(),
    numbers: z.array(z.string().trim().min(3).max(32)).max(20),
  })
  .meta({ id: 'CustomerInput' });
export type CustomerInput = z.infer<typeof CustomerInput>;

/** A customer with the numbers they call from, as written. */
export const CustomerEntry = z
  .object({
    id: z.string(),
    name: z.string(),
    company: z.string().optional(),
    segment: z.string().optional(),
    notes: z.string().optional(),
    owner: z.string().optional(),
    openCase: z.string().optional(),
    numbers: z.array(z.string()),
  })
  .meta({ id: 'CustomerEntry' });
export type CustomerEntry = z.infer<typeof CustomerEntry>;
export const CustomerPages = pagesOf('CustomerPages', CustomerEntry);

/** `search` finds parts of names, companies and numbers. */
export const CustomerQuery = z.strictObject({ ...pageQuery, search: z.string().trim().max(100).optional() });
