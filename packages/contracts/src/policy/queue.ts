import { languages, strategies } from '@cordboard/core';
import { z } from 'zod';
import { DialledNumber, Id, Milliseconds, Sounds } from './fields.ts';

export const Levels = z.record(Id, z.number().int().min(1).max(10));
const Penalty = z.number().int().min(0).max(1000);
const Points = z.number().int().min(-1000).max(1000);

/** An agent's name alone is a member like any other: penalty 0, the queue's own wrap-up. */
const Member = z
  .union([Id, z.strictObject({ agent: Id, penalty: Penalty.default(0), wrapUpMs: Milliseconds.optional() })])
  .transform((member) => (typeof member === 'string' ? { agent: member, penalty: 0 } : member));

const Messages = z.strictObject({ everyMs: Milliseconds, sounds: Sounds });

const Treatment = z.strictObject({
  segment: z.string().min(1).max(64).optional(),
  language: z.enum(languages).optional(),
  callsAtLeast: z.number().int().min(1).max(1000).optional(),
  music: Id.optional(),
  welcome: Sounds.optional(),
  messages: Messages.optional(),
});

const Callback = z.strictObject({
  order: z.enum(['agent-first', 'customer-first']).default('agent-first'),
  trunks: z.array(Id).max(10).default([]),
  callerId: DialledNumber.or(z.literal('')).default(''),
  ringForMs: Milliseconds.min(1000).default(30_000),
  attempts: z.number().int().min(1).max(20).default(3),
  backOffMs: Milliseconds.min(1000).default(300_000),
  calendar: Id.optional(),
});

const Limits = z.strictObject({
  length: z.number().int().min(0).max(100_000).default(0),
  expectedWaitMs: Milliseconds.default(0),
  waitMs: Milliseconds.default(0),
  calendar: Id.optional(),
});

export const Queue = z
  .strictObject({
    name: z.string().trim().min(1).max(100),
    members: z.array(Member).max(5000),
    strategy: z.enum(strategies),
    requires: Levels.default({}),
    relax: z
      .array(z.strictObject({ afterMs: Milliseconds.min(1), requires: Levels }))
      .max(20)
      .default([]),
    weight: Points.default(0),
    boostMs: Milliseconds,
    priorityBySegment: z.record(z.string().min(1).max(64), Points).default({}),
    alertSegments: z.array(z.string().min(1).max(64)).max(100).default(['vip']),
    ringForMs: Milliseconds.min(1000),
    wrapUpMs: Milliseconds,
    ringtone: z
      .string()
      .regex(
        /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
        'a ringtone is named as in the phones: letters, digits, dots and hyphens',
      )
      .optional(),
    wrapUpCodes: z.array(z.string().trim().min(1).max(64)).max(50).exactOptional(),
    wrapUpCodeRequired: z.boolean().exactOptional(),
    pauseAfterMissed: z.number().int().min(0).max(100),
    restAfterMissedMs: Milliseconds.default(0),
    limits: Limits.optional(),
    /** The older name of `limits.waitMs`. */
    maxWaitMs: Milliseconds.optional(),
    music: Id,
    treatments: z.array(Treatment).max(100).default([]),
    messages: Messages.default({ everyMs: 0, sounds: [] }),
    announce: z.strictObject({ everyMs: Milliseconds, position: z.boolean(), wait: z.boolean() }),
    callback: Callback.prefault({}),
    target: z.strictObject({ answerWithinMs: Milliseconds.min(1), goal: z.number().min(0).max(1) }),
    shortAbandonMs: Milliseconds,
  })
  .transform(({ maxWaitMs, limits, ...queue }) => ({
    ...queue,
    limits: limits ?? { length: 0, expectedWaitMs: 0, waitMs: maxWaitMs ?? 0 },
  }));
