import { callClasses, languages } from '@cordboard/core';
import { z } from 'zod';
import { DialledNumber, Extension, Id, Label, Milliseconds, OutsideNumber } from './fields.ts';
import { Levels } from './queue.ts';

const Trunks = z.array(Id).max(20);

const Route = z.strictObject({
  name: Label,
  to: z
    .array(z.string().regex(/^\+\d{1,15}$/, 'a number begins with + and its country: +33, +336'))
    .max(500)
    .default([]),
  calendar: Id.optional(),
  language: z.enum(languages).optional(),
  skills: Levels.default({}),
  callerId: OutsideNumber,
  trunks: Trunks,
});

const Emergency = z.strictObject({
  /** The European one, and those of France: https://www.arcep.fr numbering plan. */
  numbers: z.array(DialledNumber).min(1).max(50).default(['112', '15', '17', '18']),
  trunks: Trunks,
  callerId: OutsideNumber,
});

const Permissions = z.strictObject({
  roles: z.record(Id, z.array(z.enum(callClasses))),
  everyone: Id,
  agents: z.record(Id, Id).default({}),
  phones: z.record(Extension, Id).default({}),
});

/** Calls to outside: who may make which, by which way. */
export const Outbound = z.strictObject({
  country: z.string().regex(/^[A-Z]{2}$/, 'a country is two capital letters: FR'),
  routes: z.array(Route).max(500),
  emergency: Emergency,
  permissions: Permissions,
  channels: z.record(Id, z.number().int().min(1).max(10_000)).default({}),
  ringForMs: Milliseconds.min(5000).default(60_000),
});
