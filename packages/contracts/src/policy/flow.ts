import { languages } from '@cordboard/core';
import { z } from 'zod';
import { ConditionShape } from './condition.ts';
import { AttributeName, Attributes, Extension, Id, Key, Label, Milliseconds, OutsideNumber, Sounds } from './fields.ts';

const forMs = Milliseconds.min(1000);
const waitMs = Milliseconds.min(1000);
const tries = z.number().int().min(1).max(10);
/** Visible characters and spaces: no value can begin another header. */
const HeaderValue = z.string().regex(/^[\x20-\x7e]{0,500}$/, 'a header’s value is plain text without line breaks');
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
    afterwards: Id.optional(),
  }),
  z.strictObject({
    kind: z.literal('collect'),
    attribute: AttributeName,
    sounds: Sounds.min(1),
    min: z.number().int().min(1).max(32).default(1),
    max: z.number().int().min(1).max(32),
    terminator: z.enum(['#', '*', '']).default('#'),
    waitMs: waitMs.default(5000),
    betweenMs: waitMs.default(3000),
    tries: tries.default(3),
    confirm: z.strictObject({ before: Sounds, after: Sounds }).optional(),
    secret: z.boolean().default(false),
    invalidSounds: Sounds.default([]),
    noInputSounds: Sounds.default([]),
    next: Id,
    otherwise: Id,
  }),
  z.strictObject({
    kind: z.literal('identify'),
    waitMs: Milliseconds.max(15_000).default(1500),
    known: Id,
    unknown: Id,
    slow: Id,
  }),
  z.strictObject({
    kind: z.literal('http'),
    method: z.enum(['GET', 'POST']).default('GET'),
    url: z.string().min(8).max(2000),
    headers: z
      .record(z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, 'a header has letters, digits and hyphens'), HeaderValue)
      .default({}),
    body: z.record(z.string().min(1).max(100), z.string().max(1000)).default({}),
    timeoutMs: Milliseconds.min(100).max(30_000).default(3000),
    map: z.record(AttributeName, z.string().max(500)).default({}),
    next: Id,
    failed: Id,
  }),
  z.strictObject({ kind: z.literal('ring-group'), extensions: z.array(Extension).min(1).max(50), forMs, noAnswer: Id }),
  z.strictObject({ kind: z.literal('on-call'), roster: Id, noAnswer: Id }),
  z.strictObject({
    kind: z.literal('transfer'),
    number: OutsideNumber,
    trunk: Id,
    forMs: forMs.default(30_000),
    attributes: z.array(AttributeName).max(20).default([]),
    noAnswer: Id,
  }),
  z.strictObject({
    kind: z.literal('voicemail'),
    box: Id,
    sounds: Sounds.default([]),
    maxMs: Milliseconds.min(1000).max(600_000).default(120_000),
    silenceMs: Milliseconds.min(1000).max(60_000).default(5000),
    next: Id,
  }),
  z.strictObject({
    kind: z.literal('survey'),
    question: Id,
    sounds: Sounds.min(1),
    waitMs: waitMs.default(5000),
    tries: tries.default(2),
    invalidSounds: Sounds.default([]),
    next: Id,
  }),
  z.strictObject({
    kind: z.literal('callback'),
    queue: Id,
    priority: priority.default(0),
    sounds: Sounds.min(1),
    confirm: z.strictObject({ before: Sounds, after: Sounds }),
    numberSounds: Sounds.min(1),
    waitMs: waitMs.default(5000),
    tries: tries.default(3),
    accepted: Id,
    declined: Id,
  }),
  z.strictObject({ kind: z.literal('ring'), extension: Extension, forMs, noAnswer: Id }),
  z.strictObject({ kind: z.literal('hangup'), cause: z.enum(['normal', 'busy']).optional() }),
]);

export const Flow = z.strictObject({ name: Label, start: Id, nodes: z.record(Id, FlowNode) });
