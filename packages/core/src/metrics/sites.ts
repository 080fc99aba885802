import type { AgentView } from '../agent/agent.ts';
import type { CallView } from '../call/view.ts';
import type { CallFact, QueueOutline } from '../fact/fact.ts';
import type { AgentId, CallId, QueueId } from '../ids.ts';
import { countStates, type StateCounts } from './state-counts.ts';
import { waitsIn } from './waits-in.ts';

/** Where agents work; null for those of whom no site is entered. */
export type Site = string | null;

/** What the agents of one site do, and have done today. Over all sites each figure sums to the queue's own. */
export interface SiteFigures {
  readonly site: Site;
  readonly agents: StateCounts;
  readonly queues: readonly SiteQueue[];
}

/** A site's share in a queue. */
export interface SiteQueue {
  readonly queue: QueueId;
  readonly name: string;
  /** Members who work at the site now, by state. */
  readonly members: StateCounts;
  /** Callers in line: at the site where a phone rings for them; those for whom none rings, or several, at none. */
  readonly waiting: number;
  /** Since local midnight, by the site at which the agent worked when they answered. */
  readonly answeredToday: number;
  /** Of those, within the queue's target. */
  readonly answeredWithinToday: number;
}

/** A queue's answers of one local date, by site. */
export interface SiteDay {
  readonly date: string;
  readonly answers: ReadonlyMap<Site, Answers>;
}

interface Answers {
  readonly answered: number;
  readonly answeredWithin: number;
}

/** One caller more has left the line; only an answer counts. A new local date begins a new count. */
export const countAtSite = (
  before: SiteDay | undefined,
  { outcome, waitedMs }: Pick<Extract<CallFact, { type: 'QueueLeft' }>, 'outcome' | 'waitedMs'>,
  site: Site,
  { answerWithinMs }: Pick<QueueOutline, 'answerWithinMs'>,
  date: string,
): SiteDay => {
  const answers = before?.date === date ? before.answers : new Map<Site, Answers>();
  if (outcome !== 'answered') return { date, answers };
  const { answered, answeredWithin } = answers.get(site) ?? none;
  const more = { answered: answered + 1, answeredWithin: answeredWithin + (waitedMs <= answerWithinMs ? 1 : 0) };
  return { date, answers: new Map([...answers, [site, more]]) };
};

/** Of the queues as they are, in the order of the sites' names; agents without a site come last. */
export const siteFigures = (
  outlines: readonly QueueOutline[],
  agents: ReadonlyMap<AgentId, AgentView>,
  calls: ReadonlyMap<CallId, CallView>,
  days: ReadonlyMap<QueueId, SiteDay>,
  date: string,
): readonly SiteFigures[] => {
  const siteOf = (agent: AgentId): Site => agents.get(agent)?.site ?? null;
  const answersOf = (queue: QueueId): ReadonlyMap<Site, Answers> => {
    const day = days.get(queue);
    return day?.date === date ? day.answers : new Map();
  };
  const statesAt = (site: Site, among: readonly AgentId[]): StateCounts =>
    countStates(among.filter((id) => siteOf(id) === site).map((id) => agents.get(id)?.state ?? 'signed-out'));
  const waitingFor = (queue: QueueId): readonly Site[] =>
    [...calls.values()]
      .filter((call) => waitsIn(call, queue))
      .map(({ agent }) => (agent === null ? null : siteOf(agent)));
  const everybody = [...agents.keys()];
  const sites = new Set([
    ...everybody.map(siteOf),
    ...outlines.flatMap(({ id, members }) => [...members.map(siteOf), ...answersOf(id).keys(), ...waitingFor(id)]),
  ]);
  return [...sites].sort(byName).map((site) => ({
    site,
    agents: statesAt(site, everybody),
    queues: outlines.map(({ id, name, members }) => {
      const { answered, answeredWithin } = answersOf(id).get(site) ?? none;
      return {
        queue: id,
        name,
        members: statesAt(site, members),
        waiting: waitingFor(id).filter((each) => each === site).length,
        answeredToday: answered,
        answeredWithinToday: answeredWithin,
      };
    }),
  }));
};

const none: Answers = { answered: 0, answeredWithin: 0 };

const byName = (a: Site, b: Site): number => {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a.localeCompare(b);
};
