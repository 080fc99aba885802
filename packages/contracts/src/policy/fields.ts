import { z } from 'zod';

/** Fields that several parts of a policy share, each with a message that says what to write instead. */
export const Id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'use lower-case letters, digits and hyphens');
export const Label = z.string().trim().min(1).max(100);
const SoundName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9/_-]{0,127}$/,
    'a sound name has letters, digits, hyphens and slashes, and no extension',
  );
export const Sounds = z.array(SoundName).max(20);
export const Milliseconds = z.number().int().min(0).max(86_400_000);
export const TimeZone = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}, 'not a time zone; use an IANA name such as Europe/Paris');
export const WallClock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'use HH:MM, 00:00 to 24:00');
export const Key = z.string().regex(/^[0-9*#]$/, 'a choice is one key: 0 to 9, * or #');
export const Extension = z.string().regex(/^\d{2,6}$/, 'an extension has 2 to 6 digits');
export const DialledNumber = z
  .string()
  .regex(/^\+?[0-9*#]{1,20}$/, 'a number has digits, and a leading + when it is international');
/** A number to be called over a trunk. */
export const OutsideNumber = z
  .string()
  .regex(/^\+?\d{3,20}$/, 'a number to call has 3 to 20 digits, and a leading + when it is international');
export const AttributeName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,63}$/, 'an attribute’s name has lower-case letters, digits and hyphens');
export const Attributes = z.record(AttributeName, z.string().max(500));
