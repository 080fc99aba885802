import type { TrunkState } from '@cordboard/core';
import { z } from 'zod';
import { listOf, moment, Name, Slug } from './fields.ts';

const RegistrationName = z.string().min(1).max(100);
const RegistrationPassword = z.string().min(1).max(200);

/** A trunk is known by its carrier's addresses (IP authentication), or registers with it, or both. */
export const TrunkInput = z
  .strictObject({
    id: Slug,
    name: Name,
    /** Addresses or CIDR blocks that calls come from. */
    addresses: z.array(z.string().trim().min(2).max(64)).max(50),
    /** Where calls out and registrations go: `sip.example.net` or `sip.example.net:5060`. */
    server: z.string().trim().max(200).optional(),
    registration: z.strictObject({ username: RegistrationName, password: RegistrationPassword }).optional(),
  })
  .meta({ id: 'TrunkInput' });
export type TrunkInput = z.infer<typeof TrunkInput>;

/** A registration without its password keeps the one it has. */
export const TrunkChange = TrunkInput.omit({ id: true })
  .extend({
    registration: z.strictObject({ username: RegistrationName, password: RegistrationPassword.optional() }).optional(),
  })
  .meta({ id: 'TrunkChange' });
export type TrunkChange = z.infer<typeof TrunkChange>;

/** The registration's password goes in and never comes out. */
export const Trunk = z
  .object({
    id: z.string(),
    name: z.string(),
    addresses: z.array(z.string()),
    server: z.string().optional(),
    registration: z.object({ username: z.string() }).optional(),
  })
  .meta({ id: 'Trunk' });
export type Trunk = z.infer<typeof Trunk>;

/** How a trunk stands; the compiler keeps it and the core's alike. */
export const TrunkStateShape: z.ZodType<TrunkState> = z
  .object({
    id: z.string(),
    is: z.enum(['unknown', 'reachable', 'registered', 'unregistered', 'unreachable', 'rejected']),
    since: moment<TrunkState['since']>(),
    roundTripMs: z.number().nullable(),
    lastError: z.string().nullable(),
    lastErrorAt: moment<TrunkState['since']>().nullable(),
  })
  .meta({ id: 'TrunkState' });

/** With how it stands now; null while nothing has been heard of it. */
export const TrunkEntry = Trunk.extend({ now: TrunkStateShape.nullable() }).meta({ id: 'TrunkEntry' });
export type TrunkEntry = z.infer<typeof TrunkEntry>;
export const TrunkList = listOf('TrunkList', TrunkEntry);

/** What is wrong with a trunk, in sentences that say what to do; nothing when nothing is. */
export const TrunkCheck = z
  .object({
    ok: z.boolean(),
    findings: z.array(z.object({ code: z.string(), message: z.string() })),
    /** To OPTIONS, in ms; null: no answer. */
    roundTripMs: z.number().nullable(),
    now: TrunkStateShape.nullable(),
  })
  .meta({ id: 'TrunkCheck' });
export type TrunkCheck = z.infer<typeof TrunkCheck>;
