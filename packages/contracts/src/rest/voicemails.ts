import { z } from 'zod';
import { LanguageName, pageQuery, pagesOf } from './fields.ts';

/** An extension, a queue, or a name that a flow gives. */
export const BoxName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'a box is an extension, a queue, or a name that a flow gives');

/** A message that a caller has left. Moments in ms since 1970 UTC. */
export const Voicemail = z
  .object({
    id: z.string(),
    box: z.string(),
    call: z.string(),
    caller: z.string(),
    callerName: z.string(),
    language: LanguageName,
    leftAt: z.number(),
    durationMs: z.number().int(),
    heard: z.boolean(),
  })
  .meta({ id: 'Voicemail' });
export type Voicemail = z.infer<typeof Voicemail>;
export const VoicemailPages = pagesOf('VoicemailPages', Voicemail);

/** Newest first. */
export const VoicemailQuery = z.strictObject({ ...pageQuery, box: BoxName.optional() });

export const VoicemailChange = z.strictObject({ heard: z.boolean() }).meta({ id: 'VoicemailChange' });
export type VoicemailChange = z.infer<typeof VoicemailChange>;

/** What is set for a box. */
export const VoicemailBox = z
  .object({ box: z.string(), hasPin: z.boolean(), email: z.string().nullable() })
  .meta({ id: 'VoicemailBox' });
export type VoicemailBox = z.infer<typeof VoicemailBox>;

/** What is left out stays as it is; null takes it away. */
export const VoicemailBoxChange = z
  .strictObject({
    pin: z
      .string()
      .regex(/^\d{4,8}$/, 'a PIN has 4 to 8 digits')
      .nullable()
      .optional(),
    email: z.email('use an address such as ana@example.com').max(254).nullable().optional(),
  })
  .meta({ id: 'VoicemailBoxChange' });
export type VoicemailBoxChange = z.infer<typeof VoicemailBoxChange>;
