import { z } from 'zod';
import { Id, Label, TimeZone, WallClock } from './fields.ts';

export const Calendar = z.strictObject({
  timeZone: TimeZone,
  open: z.array(
    z.strictObject({ days: z.array(z.number().int().min(1).max(7)).min(1), from: WallClock, to: WallClock }),
  ),
  holidays: z.array(z.iso.date()),
  exceptions: z.array(z.strictObject({ date: z.iso.date(), from: WallClock, to: WallClock })).default([]),
  closedBy: Id.optional(),
});

export const Switch = z.strictObject({
  name: Label,
  digits: z
    .string()
    .regex(/^\d{1,4}$/, 'what follows *28 is 1 to 4 digits')
    .optional(),
});
