import { z } from 'zod';
import { OutsideNumber } from '../policy/fields.ts';
import { ExtensionNumber, LanguageName, listOf, pageQuery, pagesOf, Slug } from './fields.ts';
import { CallViewShape } from './views.ts';

/** One stretch of a call in one place. */
const CallSegment = z.object({
  n: z.number().int(),
  place: z.string(),
  queue: z.string().nullable(),
  agent: z.string().nullable(),
  startedAt: z.number(),
  endedAt: z.number(),
});

/** The record of an ended call. Moments in ms since 1970 UTC. */
export const CallRecord = z
  .object({
    id: z.string(),
    from: z.string(),
    /** `in`, `out`, `internal`. */
    direction: z.string(),
    source: z.string(),
    ani: z.string(),
    aniName: z.string(),
    dnis: z.string(),
    language: z.string(),
    customerId: z.string().nullable(),
    queue: z.string().nullable(),
    agent: z.string().nullable(),
    extension: z.string().nullable(),
    arrivedAt: z.number(),
    queuedAt: z.number().nullable(),
    answeredAt: z.number().nullable(),
    endedAt: z.number(),
    disposition: z.string(),
    endedBy: z.string(),
    waitedMs: z.number(),
    talkedMs: z.number(),
    transfers: z.number().int(),
    policyVersion: z.number().int(),
    attributes: z.record(z.string(), z.string()),
    /** Asterisk had the call by itself, as call control was away. */
    alone: z.boolean(),
    wrapUpCode: z.string().nullable(),
  })
  .meta({ id: 'CallRecord' });
export type CallRecord = z.infer<typeof CallRecord>;
export const CallPages = pagesOf('CallPages', CallRecord);

/** Newest first. */
export const CallQuery = z.strictObject({
  ...pageQuery,
  queue: z.string().min(1).max(64).optional(),
  agent: z.string().min(1).max(64).optional(),
  /** The caller's number, in any spelling. */
  number: z.string().trim().min(3).max(32).optional(),
});

/** Who is to have the call: a phone of the house, whoever of a queue, or a number. */
const TransferDestination = z.union([
  z.strictObject({ extension: ExtensionNumber }),
  z.strictObject({ queue: z.string().min(1).max(64) }),
  z.strictObject({
    number: z
      .string()
      .trim()
      .regex(/^\+?[\d ().-]{2,32}$/)
      .transform((number) => number.replace(/[^\d+]/g, '')),
  }),
]);

/** `blind`: at once; `attended`: after a word with the target, to be completed or cancelled. */
export const TransferBeginning = z
  .strictObject({ kind: z.enum(['blind', 'attended']), to: TransferDestination })
  .meta({ id: 'TransferBeginning' });
export type TransferBeginning = z.infer<typeof TransferBeginning>;

export const LiveCallList = listOf('LiveCallList', CallViewShape);

/** A live call as it stands, or the record of one that has ended. */
export const CallAnswer = z
  .discriminatedUnion('is', [
    z.object({ is: z.literal('live'), call: CallViewShape }),
    z.object({ is: z.literal('ended'), record: CallRecord.extend({ segments: z.array(CallSegment) }) }),
  ])
  .meta({ id: 'Call' });
export type CallAnswer = z.infer<typeof CallAnswer>;

/** Somebody to ring: a desk phone of the house, or a number outside and the trunk that leads there. */
export const CallParty = z
  .union([z.strictObject({ extension: ExtensionNumber }), z.strictObject({ number: OutsideNumber, trunk: Slug })])
  .meta({ id: 'CallParty' });

/** Where a call was parked: `*7` and this number, dialled at any phone of the house, fetches it. */
export const ParkingPlace = z.object({ slot: z.number().int() }).meta({ id: 'ParkingPlace' });

/** A call to be placed: the phone of the agent, or this one, rings first, and then the number. */
export const CallRequest = z
  .strictObject({
    /** Who calls; whoever asks, when neither this nor an extension is given. */
    agent: z.string().min(1).max(64).optional(),
    extension: ExtensionNumber.optional(),
    /** As it would be dialled at the phone: `01 70 00 00 00`, `+33170000000`. */
    number: z.string().trim().min(2).max(40),
    /** That of the call, where it is not the agent's: routes may go by it. */
    language: LanguageName.optional(),
  })
  .refine(({ agent, extension }) => agent === undefined || extension === undefined, {
    message: 'Name the agent or the extension, not both.',
    path: ['extension'],
  })
  .meta({ id: 'CallRequest' });
export type CallRequest = z.infer<typeof CallRequest>;

export const CallPlaced = z.object({ call: z.string() }).meta({ id: 'CallPlaced' });
