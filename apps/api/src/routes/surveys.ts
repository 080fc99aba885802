import { SurveyQuery, SurveyReport } from '@cordboard/contracts';
import { instant, localTime } from '@cordboard/core';
import type { SurveyCount } from '@cordboard/database';
import { leads, type Route, route } from '../http/route.ts';

/** How callers judged their calls. */
export const surveyRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/api/surveys',
    summary: 'How callers judged their calls, by queue and by agent: today, or from one day to another',
    roles: leads,
    query: SurveyQuery,
    answer: SurveyReport,
    async handle({ query }, { database }) {
      const timeZone = (await database.policies.current())?.timeZone ?? 'UTC';
      const today = localTime(timeZone, instant(Date.now())).date;
      const { from = query.to ?? today, to = today } = query;
      const counts = await database.surveys.counts({ from, to, timeZone });
      return {
        from,
        to,
        queues: averages(counts, ({ queue }) => queue).map(({ of, ...scores }) => ({ queue: of, ...scores })),
        agents: averages(counts, ({ agent }) => agent).map(({ of, ...scores }) => ({ agent: of, ...scores })),
      };
    },
  }),
];

/** What is asked twice of one queue or agent is told apart by the question. */
const averages = (counts: readonly SurveyCount[], by: (count: SurveyCount) => string | null) => {
  const groups = new Map<
    string,
    { readonly of: string | null; readonly question: string; readonly scores: number[] }
  >();
  for (const each of counts) {
    const { question, score, count } = each;
    const of = by(each);
    const key = JSON.stringify([of, question]);
    const group = groups.get(key) ?? { of, question, scores: [0, 0, 0, 0, 0] };
    group.scores[score - 1] = (group.scores[score - 1] ?? 0) + count;
    groups.set(key, group);
  }
  return [...groups.values()].map(({ of, question, scores }) => {
    const answers = scores.reduce((sum, count) => sum + count, 0);
    const total = scores.reduce((sum, count, index) => sum + count * (index + 1), 0);
    return { of, question, answers, average: total / answers, scores };
  });
};
