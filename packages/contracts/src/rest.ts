import { z } from 'zod';

/** Every error body: RFC 9457 problem details. `code` is stable; `detail` says what to do. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;

export const roles = ['administrator', 'supervisor', 'agent'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

export const SignIn = z.strictObject({ username: z.string().min(1).max(64), password: z.string().min(1).max(256) });
export type SignIn = z.infer<typeof SignIn>;

/** Who is signed in; `csrfToken` goes back in the header `x-csrf-token` with every POST, PUT, PATCH and DELETE. */
export const Session = z.object({
  user: z.object({
    id: z.string(),
    username: z.string(),
    name: z.string(),
    role: Role,
    agentId: z.string().nullable(),
    language: z.enum(['en', 'fr']),
  }),
  csrfToken: z.string(),
});
export type Session = z.infer<typeof Session>;

/** What is asked of an agent's state. */
export const AgentStateRequest = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('sign-in') }),
  z.strictObject({ to: z.literal('sign-out') }),
  z.strictObject({ to: z.literal('pause'), reason: z.string().trim().min(1).max(64) }),
  z.strictObject({ to: z.literal('be-ready') }),
]);
export type AgentStateRequest = z.infer<typeof AgentStateRequest>;

export const CustomerInput = z.strictObject({
  name: z.string().trim().min(1).max(200),
  company: z.string().trim().max(200).optional(),
  segment: z.string().trim().max(64).optional(),
  notes: z.string().max(4000).optional(),
  numbers: z.array(z.string().trim().min(3).max(32)).max(20),
});
export type CustomerInput = z.infer<typeof CustomerInput>;

const Slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'use lower-case letters, digits and hyphens, 32 at most');
const ExtensionNumber = z.string().regex(/^\d{2,6}$/, 'an extension has 2 to 6 digits');

export const PhoneInput = z.strictObject({ extension: ExtensionNumber, name: z.string().trim().min(1).max(100) });
export type PhoneInput = z.infer<typeof PhoneInput>;

/** A trunk is known by its carrier's addresses (IP authentication), or registers with it, or both. */
export const TrunkInput = z.strictObject({
  id: Slug,
  name: z.string().trim().min(1).max(100),
  /** Addresses or CIDR blocks that calls come from. */
  addresses: z.array(z.string().trim().min(2).max(64)).max(50),
  /** Where calls out and registrations go: `sip.example.net` or `sip.example.net:5060`. */
  server: z.string().trim().max(200).optional(),
  registration: z
    .strictObject({ username: z.string().min(1).max(100), password: z.string().min(1).max(200) })
    .optional(),
});
export type TrunkInput = z.infer<typeof TrunkInput>;
