import { z } from 'zod';
import { listOf, Name, Slug } from './fields.ts';

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
export const TrunkList = listOf('TrunkList', Trunk);
