import { z } from 'zod';
import { PolicyDocument } from '../policy.ts';
import { listOf } from './fields.ts';

const Note = z.string().trim().max(500);

/** What is published, and why. */
export const PolicyPublication = z
  .strictObject({ document: PolicyDocument, note: Note.default('') })
  .meta({ id: 'PolicyPublication' });
export type PolicyPublication = z.infer<typeof PolicyPublication>;

/** An old version published anew becomes the newest. */
export const PolicyRepublication = z.strictObject({ note: Note.optional() }).meta({ id: 'PolicyRepublication' });
export type PolicyRepublication = z.infer<typeof PolicyRepublication>;

export const PolicyVersionEntry = z
  .object({ version: z.number().int(), publishedAt: z.number(), publishedBy: z.string(), note: z.string() })
  .meta({ id: 'PolicyVersionEntry' });
export type PolicyVersionEntry = z.infer<typeof PolicyVersionEntry>;
export const PolicyVersionList = listOf('PolicyVersionList', PolicyVersionEntry);

export const PolicyVersion = PolicyVersionEntry.extend({ document: PolicyDocument }).meta({ id: 'PolicyVersion' });
export type PolicyVersion = z.infer<typeof PolicyVersion>;
