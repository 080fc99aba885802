import { z } from 'zod';
import { Extension, Id, Label, Milliseconds, OutsideNumber, TimeZone } from './fields.ts';

const forMs = Milliseconds.min(1000);
const Order = z
  .array(
    z.union([
      z.strictObject({ extension: Extension, forMs }),
      z.strictObject({ number: OutsideNumber, trunk: Id, forMs }),
    ]),
  )
  .max(50);

export const Roster = z.strictObject({
  name: Label,
  order: Order,
  weeks: z
    .record(z.string().regex(/^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/, 'a week is written 2026-W48'), Order)
    .default({}),
  timeZone: TimeZone.default('UTC'),
});
