import { z } from 'zod';
import { Id, Milliseconds } from './fields.ts';

export const Queue = z.strictObject({
  name: z.string().trim().min(1).max(100),
  members: z.array(Id).max(5000),
  strategy: z.literal('longest-idle'),
  boostMs: Milliseconds,
  ringForMs: Milliseconds.min(1000),
  wrapUpMs: Milliseconds,
  pauseAfterMissed: z.number().int().min(0).max(100),
  maxWaitMs: Milliseconds,
  music: Id,
  announce: z.strictObject({ everyMs: Milliseconds, position: z.boolean(), wait: z.boolean() }),
  target: z.strictObject({ answerWithinMs: Milliseconds.min(1), goal: z.number().min(0).max(1) }),
  shortAbandonMs: Milliseconds,
});
