import { z } from 'zod';
import { Id, Sounds } from './fields.ts';

const AtOnce = z.number().int().min(1).max(10_000).default(20);

/** What becomes of a caller for whom there is no place. */
const Treatment = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('busy'), elsewhere: z.boolean().default(false) }),
  z.strictObject({ is: z.literal('message'), sounds: Sounds.default(['cordboard/call-back-later']), atOnce: AtOnce }),
  z.strictObject({ is: z.literal('overflow'), flow: Id, atOnce: AtOnce }),
]);

/** Beyond what no new call is begun. */
export const Admission = z.strictObject({
  mostCalls: z.number().int().min(1).max(100_000).optional(),
  /** The event loop is looked at every 10 ms, and a busy moment is no strain. */
  mostLagMs: z.number().int().min(50).max(60_000).optional(),
  mostLoad: z.number().positive().max(10_000).optional(),
  /** `any`: news may come however late. */
  mostLateMs: z.union([z.number().int().min(20).max(60_000), z.literal('any')]).optional(),
  treatment: Treatment.default({ is: 'busy', elsewhere: false }),
});
