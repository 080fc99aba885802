import type { AgentId, QueueId } from '@cordboard/core';
import type { PrismaConnection } from '../client.ts';

/** How often callers gave a score, 1 to 5, to a question of a survey. */
export interface SurveyCount {
  /** The queue in which they talked; null: none. */
  readonly queue: QueueId | null;
  /** Whom they had talked with; null: nobody. */
  readonly agent: AgentId | null;
  readonly question: string;
  readonly score: number;
  readonly count: number;
}

export interface Surveys {
  /**
   * Of the calls that came in on these days of the house's calendar.
   *
   * @param from the first day, `2026-12-25`. @param to the last one
   */
  counts(period: {
    readonly from: string;
    readonly to: string;
    readonly timeZone: string;
  }): Promise<readonly SurveyCount[]>;
}

export const createSurveys = (prisma: PrismaConnection): Surveys => ({
  counts: ({ from, to, timeZone }) => prisma.$queryRaw<SurveyCount[]>`
    select record.queue,
           fact->>'agent' as agent,
           fact->>'question' as question,
           (fact->>'score')::int as score,
           count(*)::int as count
    from call_records record
    cross join lateral jsonb_array_elements(record.facts) fact
    where record.facts @> '[{"type": "SurveyAnswered"}]'::jsonb
      and record.arrived_at >= (${from}::text)::timestamp at time zone ${timeZone}::text
      and record.arrived_at < ((${to}::text)::timestamp + interval '1 day') at time zone ${timeZone}::text
      and fact->>'type' = 'SurveyAnswered'
    group by 1, 2, 3, 4
    order by 1, 2, 3, 4`,
});
