import { z } from 'zod';
import { PolicyDocument } from '../policy.ts';
import { listOf } from './fields.ts';
import { Problem } from './problem.ts';

const Note = z.string().trim().max(500);
const Version = z.coerce.number().int().min(1).max(2_147_483_647);
/** Whether those who wait go by the new version at once. Who talks, is in a menu, or rings keeps the old one. */
const MoveWaiting = z.boolean().default(false);

/** What is published, and why. */
export const PolicyPublication = z
  .strictObject({ document: PolicyDocument, note: Note.default(''), moveWaiting: MoveWaiting })
  .meta({ id: 'PolicyPublication' });
export type PolicyPublication = z.infer<typeof PolicyPublication>;

/** An old version, or the draft, published as the newest. */
export const PolicyRepublication = z
  .strictObject({ note: Note.optional(), moveWaiting: MoveWaiting })
  .meta({ id: 'PolicyRepublication' });
export type PolicyRepublication = z.infer<typeof PolicyRepublication>;

export const PolicyVersionEntry = z
  .object({
    version: z.number().int(),
    publishedAt: z.number(),
    publishedBy: z.string(),
    note: z.string(),
    moveWaiting: z.boolean(),
  })
  .meta({ id: 'PolicyVersionEntry' });
export type PolicyVersionEntry = z.infer<typeof PolicyVersionEntry>;
export const PolicyVersionList = listOf('PolicyVersionList', PolicyVersionEntry);

export const PolicyVersion = PolicyVersionEntry.extend({ document: PolicyDocument }).meta({ id: 'PolicyVersion' });
export type PolicyVersion = z.infer<typeof PolicyVersion>;

/** What is being worked on; `basedOn` is the version that it was made from. */
export const PolicyDraftInput = z
  .strictObject({ document: PolicyDocument, basedOn: Version, note: Note.default('') })
  .meta({ id: 'PolicyDraftInput' });

export const PolicyDraftEntry = z
  .object({
    document: PolicyDocument,
    basedOn: z.number().int(),
    savedAt: z.number(),
    savedBy: z.string(),
    note: z.string(),
  })
  .meta({ id: 'PolicyDraft' });
export type PolicyDraftEntry = z.infer<typeof PolicyDraftEntry>;

export const PolicyCandidate = z.strictObject({ document: PolicyDocument }).meta({ id: 'PolicyCandidate' });

/** What would be published: its faults, none when it may be, and how it differs from what calls go by now. */
export const PolicyReview = z
  .object({
    faults: z.array(Problem.shape.errors.unwrap().element),
    differences: z.array(z.string()),
  })
  .meta({ id: 'PolicyReview' });
export type PolicyReview = z.infer<typeof PolicyReview>;

/** Sentences such as `Support: rings 15 s → 20 s`. */
export const PolicyDifference = z
  .object({ from: z.number().int(), to: z.number().int(), differences: z.array(z.string()) })
  .meta({ id: 'PolicyDifference' });
export type PolicyDifference = z.infer<typeof PolicyDifference>;

/** `from`: the version to compare with; the one before, when it is left out. */
export const PolicyDifferenceQuery = z.strictObject({ from: Version.optional() });

export const SwitchTurn = z.strictObject({ on: z.boolean() }).meta({ id: 'SwitchTurn' });

export const SwitchEntry = z
  .object({
    id: z.string(),
    name: z.string(),
    on: z.boolean(),
    /** null: never turned since the house was set up. */
    turnedAt: z.number().nullable(),
    turnedBy: z.string().nullable(),
  })
  .meta({ id: 'Switch' });
export type SwitchEntry = z.infer<typeof SwitchEntry>;
export const SwitchList = listOf('SwitchList', SwitchEntry);
