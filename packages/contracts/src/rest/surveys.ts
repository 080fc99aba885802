import { z } from 'zod';

const count = z.number().int().min(0);

/** What callers have answered to one question: 1 is worst, 5 best. */
const scores = {
  question: z.string(),
  answers: count.min(1),
  /** Mean of all scores. */
  average: z.number().min(1).max(5),
  /** How often each score was given, from 1 to 5. */
  scores: z.array(count).length(5),
};

/** How callers judged their calls on some days, both inclusive; in the house's own calendar. */
export const SurveyReport = z
  .object({
    from: z.iso.date(),
    to: z.iso.date(),
    /** By the queue in which they talked; null: none. */
    queues: z.array(z.object({ queue: z.string().nullable(), ...scores })),
    /** By whom they had talked with; null: nobody. */
    agents: z.array(z.object({ agent: z.string().nullable(), ...scores })),
  })
  .meta({ id: 'SurveyReport' });
export type SurveyReport = z.infer<typeof SurveyReport>;

/** Of which days; without them, of today. */
export const SurveyQuery = z
  .strictObject({ from: z.iso.date().optional(), to: z.iso.date().optional() })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'The last day comes before the first: exchange the two.',
  });
