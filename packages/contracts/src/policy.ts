import type { Policy } from '@cordboard/core';
import { languages } from '@cordboard/core';
import { z } from 'zod';

/**
 * The policy document as it is written and stored. `parsePolicy` checks the shape; what the parts say of each other
 * (every edge lands, every queue exists) is checked by `checkPolicy` of the core.
 */
const Id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'use lower-case letters, digits and hyphens');
const SoundName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9/_-]{0,127}$/,
    'a sound name has letters, digits, hyphens and slashes, and no extension',
  );
const Sounds = z.array(SoundName).max(20);
const Milliseconds = z.number().int().min(0).max(86_400_000);
const TimeZone = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}, 'not a time zone; use an IANA name such as Europe/Paris');
const WallClock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'use HH:MM, 00:00 to 24:00');

const FlowNode = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('say'), sounds: Sounds.min(1), next: Id }),
  z.strictObject({ kind: z.literal('language'), language: z.enum(languages), next: Id }),
  z.strictObject({ kind: z.literal('hours'), calendar: Id, open: Id, closed: Id }),
  z.strictObject({
    kind: z.literal('menu'),
    sounds: Sounds.min(1),
    choices: z.record(z.string().regex(/^[0-9*#]$/, 'a choice is one key: 0 to 9, * or #'), Id),
    tries: z.number().int().min(1).max(10),
    waitMs: Milliseconds.min(1000),
    invalidSounds: Sounds,
    noInputSounds: Sounds,
    otherwise: Id,
  }),
  z.strictObject({
    kind: z.literal('queue'),
    queue: Id,
    priority: z.number().int().min(-100).max(100),
    timeout: Id.optional(),
  }),
  z.strictObject({
    kind: z.literal('ring'),
    extension: z.string().regex(/^\d{2,6}$/, 'an extension has 2 to 6 digits'),
    forMs: Milliseconds.min(1000),
    noAnswer: Id,
  }),
  z.strictObject({ kind: z.literal('hangup'), cause: z.enum(['normal', 'busy']).optional() }),
]);

const Queue = z.strictObject({
  name: z.string().trim().min(1).max(100),
  members: z.array(Id).max(5000),
  strategy: z.literal('longest-idle'),
  boostMs: Milliseconds,
  ringForMs: Milliseconds.min(1000),
  wrapUpMs: Milliseconds,
  pauseAfterMissed: z.number().int().min(0).max(100),
  maxWaitMs: Milliseconds,
  music: Id,
  announce: z.strictObject({ everyMs: Milliseconds, position: z.boolean(), wait: z.boolean() }),
  target: z.strictObject({ answerWithinMs: Milliseconds.min(1), goal: z.number().min(0).max(1) }),
  shortAbandonMs: Milliseconds,
});

const Calendar = z.strictObject({
  timeZone: TimeZone,
  open: z.array(
    z.strictObject({ days: z.array(z.number().int().min(1).max(7)).min(1), from: WallClock, to: WallClock }),
  ),
  holidays: z.array(z.iso.date()),
});

/** A policy without its version: the version is given when it is published. */
export const PolicyDocument = z.strictObject({
  timeZone: TimeZone,
  numbers: z
    .array(
      z.strictObject({
        number: z.string().regex(/^\+?[0-9*#]{1,20}$/, 'a number has digits, and a leading + when it is international'),
        name: z.string().trim().min(1).max(100),
        language: z.enum(languages),
        flow: Id,
      }),
    )
    .max(5000),
  flows: z.record(
    Id,
    z.strictObject({ name: z.string().trim().min(1).max(100), start: Id, nodes: z.record(Id, FlowNode) }),
  ),
  queues: z.record(Id, Queue),
  calendars: z.record(Id, Calendar),
});
export type PolicyDocument = z.infer<typeof PolicyDocument>;

/** Ids in the document are plain strings; in the core each has a type of its own. The shapes are the same. */
export const toPolicy = (document: PolicyDocument, version: number): Policy => ({
  ...(document as unknown as Omit<Policy, 'version'>),
  version,
});
