import { z } from 'zod';
import { LanguageName, NewPassword } from './fields.ts';

export const roles = ['administrator', 'supervisor', 'agent'] as const;
export const Role = z.enum(roles).meta({ id: 'Role' });
export type Role = z.infer<typeof Role>;

export const SignIn = z
  .strictObject({ username: z.string().min(1).max(64), password: z.string().min(1).max(256) })
  .meta({ id: 'SignIn' });
export type SignIn = z.infer<typeof SignIn>;

/** Who is signed in; `csrfToken` goes back in the header `x-csrf-token` with every POST, PUT, PATCH and DELETE. */
export const Session = z
  .object({
    user: z.object({
      id: z.string(),
      username: z.string(),
      name: z.string(),
      role: Role,
      agentId: z.string().nullable(),
      language: LanguageName,
    }),
    csrfToken: z.string(),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;

export const csrfHeader = 'x-csrf-token';

/** One's own password. All other sessions of this user end. */
export const PasswordChange = z
  .strictObject({ currentPassword: z.string().min(1).max(256), newPassword: NewPassword })
  .meta({ id: 'PasswordChange' });
export type PasswordChange = z.infer<typeof PasswordChange>;
