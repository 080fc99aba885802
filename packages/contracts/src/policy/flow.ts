import { languages } from '@cordboard/core';
import { z } from 'zod';
import { ConditionShape } from './condition.ts';
import { AttributeName, Attributes, Extension, Id, Key, Label, Milliseconds, OutsideNumber, Sounds } from './fields.ts';

const forMs = Milliseconds.min(1000);
const waitMs = Milliseconds.min(1000);
const tries = z.number().int().min(1).max(10);
const priority = z.number().int().min(-100).max(100);

const FlowNode = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('say'),
    sounds: Sounds.min(1),
    variants: z
      .array(
        z.strictObject({
          language: z.enum(languages).optional(),
          segment: z.string().trim().min(1).max(64).optional(),
          sounds: Sounds.min(1),
        }),
      )
      .max(50)
      .optional(),
    next: Id,
  }),
  z.strictObject({ kind: z.literal('language'), language: z.enum(languages), next: Id }),
  z.strictObject({ kind: z.literal('hours'), calendar: Id, open: Id, closed: Id }),
  z.strictObject({ kind: z.literal('set'), attributes: Attributes, next: Id }),
  z.strictObject({
    kind: z.literal('branch'),
    cases: z
      .array(z.strictObject({ name: Label.optional(), when: ConditionShape, to: Id }))
      .min(1)
      .max(100),
    otherwise: Id,
  }),
  z.strictObject({
    kind: z.literal('menu'),
    sounds: Sounds.min(1),
    choices: z.record(Key, Id),
    tries,
    waitMs,
    invalidSounds: Sounds,
    noInputSounds: Sounds,
    otherwise: Id,
  }),
  z.strictObject({
    kind: z.literal('queue'),
    queue: Id,
    priority,
    requires: z.record(Id, z.number().int().min(1).max(10)).optional(),
    ownerFirstMs: Milliseconds.optional(),
    full: Id.optional(),
    nobody: Id.optional(),
    paused: Id.optional(),
    tooLong: Id.optional(),
    timeout: Id.optional(),
    closing: Id.optional(),
    keys: z.record(Key, Id).optional(),
  }),
  z.strictObject({ kind: z.literal('ring'), extension: Extension, forMs, noAnswer: Id }),
  z.strictObject({ kind: z.literal('hangup'), cause: z.enum(['normal', 'busy']).optional() }),
]);

export const Flow = z.strictObject({ name: Label, start: Id, nodes: z.record(Id, FlowNode) });
