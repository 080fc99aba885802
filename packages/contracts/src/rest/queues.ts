import { z } from 'zod';

/** Where a supervisor puts an agent, until the agent signs out: into the queue, out of it, or where the policy has them. */
export const MemberPlacement = z
  .discriminatedUnion('is', [
    z.strictObject({ is: z.literal('in'), penalty: z.number().int().min(0).max(1000).default(0) }),
    z.strictObject({ is: z.literal('out') }),
    z.strictObject({ is: z.literal('by-policy') }),
  ])
  .meta({ id: 'MemberPlacement' });
export type MemberPlacement = z.infer<typeof MemberPlacement>;

/** Another place for somebody who waits. */
export const CallerMove = z
  .discriminatedUnion('to', [
    z.strictObject({ to: z.literal('priority'), priority: z.number().int().min(-1000).max(1000) }),
    z.strictObject({ to: z.literal('queue'), queue: z.string().min(1).max(64) }),
  ])
  .meta({ id: 'CallerMove' });
export type CallerMove = z.infer<typeof CallerMove>;
