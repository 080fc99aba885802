import { z } from 'zod';

/** Fields that several documents share, each with a message that says what to write instead. */
export const Slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'use lower-case letters, digits and hyphens, 32 at most');
export const ExtensionNumber = z.string().regex(/^\d{2,6}$/, 'an extension has 2 to 6 digits');
export const Name = z.string().trim().min(1).max(100);
/** 12 characters at least; length counts, character classes do not: NIST SP 800-63B, 3.1.1.2. */
export const NewPassword = z.string().min(12, 'use at least 12 characters').max(256);
export const LanguageName = z.enum(['en', 'fr']);

/** An id of the core on its way through JSON: a plain string there. */
export const id = <Id extends string>(): z.ZodType<Id> => z.string() as unknown as z.ZodType<Id>;
/** A moment of the core on its way through JSON: milliseconds since 1970 UTC. */
export const moment = <At extends number>(): z.ZodType<At> => z.number() as unknown as z.ZodType<At>;

/** A list that comes whole. */
export const listOf = <Item extends z.ZodType>(name: string, item: Item) =>
  z.object({ items: z.array(item) }).meta({ id: name });

/** A list that comes in pages: `next` goes back as `after`; null on the last page. */
export const pagesOf = <Item extends z.ZodType>(name: string, item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() }).meta({ id: name });

/** Which page of a list. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** `next` of the page before. */
  after: z.string().min(1).max(200).optional(),
};
