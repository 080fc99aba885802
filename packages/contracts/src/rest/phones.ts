import { z } from 'zod';
import { ExtensionNumber, listOf, Name } from './fields.ts';

export const PhoneInput = z.strictObject({ extension: ExtensionNumber, name: Name }).meta({ id: 'PhoneInput' });
export type PhoneInput = z.infer<typeof PhoneInput>;

export const Phone = z.object({ extension: z.string(), name: z.string() }).meta({ id: 'Phone' });
export type Phone = z.infer<typeof Phone>;
export const PhoneList = listOf('PhoneList', Phone);

/** A new phone, or one with a new password: the only time that the password is shown. */
export const PhoneWithPassword = Phone.extend({ password: z.string() }).meta({ id: 'PhoneWithPassword' });
export type PhoneWithPassword = z.infer<typeof PhoneWithPassword>;
