import { languages, type Policy } from '@cordboard/core';
import { z } from 'zod';
import { Admission } from './policy/admission.ts';
import { Calendar, Switch } from './policy/calendar.ts';
import { Attributes, DialledNumber, Id, Label, TimeZone } from './policy/fields.ts';
import { Flow } from './policy/flow.ts';
import { Outbound } from './policy/outbound.ts';
import { Levels, Queue } from './policy/queue.ts';
import { Roster } from './policy/roster.ts';

/**
 * The policy document as it is written and stored, without its version: that is given when it is published. The parser
 * checks the shape and fills in what may be left out, so that a document of an older release still reads; what the parts
 * say of each other (every edge lands, every queue exists) is checked by `checkPolicy` of the core.
 */
export const PolicyDocument = z.strictObject({
  timeZone: TimeZone,
  numbers: z
    .array(
      z.strictObject({
        number: DialledNumber,
        name: Label,
        language: z.enum(languages),
        flow: Id,
        attributes: Attributes.optional(),
      }),
    )
    .max(5000),
  flows: z.record(Id, Flow),
  queues: z.record(Id, Queue),
  calendars: z.record(Id, Calendar),
  switches: z.record(Id, Switch).default({}),
  lists: z.record(Id, z.array(DialledNumber).max(10_000)).default({}),
  rosters: z.record(Id, Roster).default({}),
  skills: z.record(Id, z.strictObject({ name: Label })).default({}),
  agents: z
    .record(Id, z.strictObject({ skills: Levels.default({}), language: z.enum(languages).optional() }))
    .default({}),
  outbound: Outbound.optional(),
  parkForMs: z.number().int().min(5000).max(3_600_000).optional(),
  admission: Admission.optional(),
});
/** As it is written. */
export type PolicyDocument = z.input<typeof PolicyDocument>;
/** As it is read: nothing is left out. */
export type WholePolicyDocument = z.output<typeof PolicyDocument>;

/** Ids in the document are plain strings; in the core each has a type of its own. The shapes are the same. */
export const toPolicy = (
  document: WholePolicyDocument,
  version: number,
  { moveWaiting = false }: { readonly moveWaiting?: boolean } = {},
): Policy => ({
  ...(document as unknown as Omit<Policy, 'version'>),
  version,
  ...(moveWaiting ? { moveWaiting } : {}),
});

/** The document that a policy was read from. */
export const toDocument = ({ version: _, moveWaiting: __, ...document }: Policy): WholePolicyDocument =>
  document as unknown as WholePolicyDocument;
