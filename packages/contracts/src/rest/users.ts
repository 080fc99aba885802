import { z } from 'zod';
import { LanguageName, listOf, Name, NewPassword, Slug } from './fields.ts';
import { Role, Session } from './session.ts';

const Username = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._@-]{0,63}$/,
    'use lower-case letters, digits, dots, hyphens, underscores and @, 64 at most',
  );

const UserFields = z.strictObject({
  username: Username,
  name: Name,
  role: Role,
  /** The agent whose desk this user sits at; null for none. An agent has one user at most. */
  agentId: Slug.nullable().default(null),
  language: LanguageName.default('en'),
});

/** Without a password nobody can sign in by this name until one is set. */
export const UserInput = UserFields.extend({ password: NewPassword.optional() }).meta({ id: 'UserInput' });
export type UserInput = z.infer<typeof UserInput>;

/** A changed role holds at once; the user stays signed in unless the password is changed too. */
export const UserChange = UserFields.meta({ id: 'UserChange' });
export type UserChange = z.infer<typeof UserChange>;

export const PasswordSetting = z.strictObject({ password: NewPassword }).meta({ id: 'PasswordSetting' });
export type PasswordSetting = z.infer<typeof PasswordSetting>;

export const User = Session.shape.user.extend({ hasPassword: z.boolean() }).meta({ id: 'User' });
export type User = z.infer<typeof User>;
export const UserList = listOf('UserList', User);
