import type { Agent } from '../agent/agent.ts';
import { objection } from '../agent/step.ts';
import type { Candidate, Decision } from '../fact/decision.ts';
import type { AgentId } from '../ids.ts';
import type { Member } from '../policy/queue.ts';
import { elapsedMs } from '../time.ts';
import type { Group, Rules } from './group.ts';
import { comesSooner, criteria, lacking, levelIn, type Occasion, ruleInWords, scoreOf } from './rank.ts';
import type { Head, Ranked } from './ranked.ts';

/** So many candidates are told one by one; of a larger queue, those who were free first. */
const mostTold = 200;
/** So many lines are told that wanted the same agents. */
const mostRivals = 10;

interface Decided {
  readonly chosen: readonly Ranked[];
  readonly occasion: Occasion;
  readonly group: Group;
  readonly rules: Rules;
  readonly members: readonly Member[];
  readonly agents: ReadonlyMap<AgentId, Agent>;
  readonly rivals: readonly Head[];
  /** Of the others nothing is told. */
  readonly onlyChosen: boolean;
}

/** The reason for those chosen, and for each of the others; and why this caller came before those of other lines. */
export const explain = ({ chosen, occasion, group, rules, members, agents, rivals, onlyChosen }: Decided): Decision => {
  const { need } = group;
  const told = onlyChosen ? chosen.map(({ able }) => able.member) : toldOf(members, group, chosen);
  const count = need.only === undefined ? members.length : told.length;
  const [best] = chosen;
  return {
    policyVersion: rules.policyVersion,
    strategy: occasion.strategy,
    rule: need.only === undefined ? ruleInWords[occasion.strategy] : 'the customer’s own agent, before anybody else',
    criteria: criteria[occasion.strategy],
    requires: need.requires,
    ...(rivals.length > 1 ? { rivals: rivals.slice(0, mostRivals).map(rival) } : {}),
    ...(told.length < count ? { untold: count - told.length } : {}),
    candidates: told.map((member): Candidate => candidate(member, { best, chosen, occasion, group, rules, agents })),
  };
};

/** Everybody of a queue; of a large one those chosen, and then others who were free. */
const toldOf = (members: readonly Member[], group: Group, chosen: readonly Ranked[]): readonly Member[] => {
  if (members.length <= mostTold) {
    const own = group.need.only === undefined ? undefined : group.able.get(group.need.only)?.member;
    return own === undefined || members.some(({ agent }) => agent === own.agent) ? members : [own, ...members];
  }
  const told = new Map(chosen.slice(0, mostTold).map(({ agent, able }) => [agent, able.member]));
  for (const id of group.free) {
    if (told.size >= mostTold) break;
    const able = group.able.get(id);
    if (able !== undefined) told.set(id, able.member);
  }
  return [...told.values()];
};

const rival = ({ group, place, rules, weighted }: Head): NonNullable<Decision['rivals']>[number] => ({
  queue: group.need.queue,
  who: place.who,
  virtualArrival: place.virtualArrival,
  aheadMs: rules.queue.weight * rules.queue.boostMs,
  weighted,
});

const candidate = (
  member: Member,
  {
    best,
    chosen,
    occasion,
    group,
    rules,
    agents,
  }: Pick<Decided, 'chosen' | 'occasion' | 'group' | 'rules' | 'agents'> & { readonly best: Ranked | undefined },
): Candidate => {
  const id = member.agent;
  const agent = agents.get(id);
  if (agent === undefined) return { agent: id, name: id, chosen: false, reason: 'no such agent', idleMs: null };
  const name = agent.name;
  const against = objection(agent, occasion.at);
  if (against !== undefined) return { agent: id, name, chosen: false, reason: against, idleMs: null };
  const idleMs = elapsedMs(agent.idleSince, occasion.at);
  const able = group.able.get(id);
  if (able === undefined) {
    const reason = lacking(rules.skillsOf(id), occasion.requires) ?? 'the customer’s own agent comes first';
    return { agent: id, name, chosen: false, reason, idleMs };
  }
  const ranked: Ranked = { agent: id, person: agent, able, score: scoreOf(agent, able, occasion) };
  const isChosen = chosen.some((each) => each.agent === id);
  const reason = isChosen ? forReason(ranked, occasion) : againstReason(ranked, best, occasion);
  return { agent: id, name, chosen: isChosen, reason, idleMs, score: ranked.score };
};

const forReason = ({ person: agent, able: { order, skills, member } }: Ranked, occasion: Occasion): string => {
  switch (occasion.strategy) {
    case 'ring-all':
      return `rung with the others of penalty ${member.penalty}`;
    case 'longest-idle':
      return `idle longest, ${seconds(elapsedMs(agent.idleSince, occasion.at))}`;
    case 'fewest-calls':
      return `has taken the fewest calls, ${agent.taken?.[occasion.queue] ?? 0}`;
    case 'round-robin':
      return 'next in turn';
    case 'linear':
      return `first in the list who is free, place ${order + 1}`;
    case 'random':
      return 'the dice fell so';
    case 'most-skilled':
      return `highest levels, ${levelIn(skills, occasion.requires)}`;
  }
};

/** The first thing compared in which the best was better. */
const againstReason = (ranked: Ranked, best: Ranked | undefined, occasion: Occasion): string => {
  const index = ranked.score.findIndex((value, at) => value !== best?.score[at]);
  const criterion = criteria[occasion.strategy][index];
  const [mine, theirs] = [ranked.score[index] ?? 0, best?.score[index] ?? 0];
  switch (criterion) {
    case 'offered before':
      return `free, but has been offered this caller ${times(mine)}, not ${times(theirs)}`;
    case 'penalty':
      return `free, but penalty ${mine} > ${theirs}`;
    case 'minus ms idle':
      return `free, but idle for only ${seconds(-mine)}`;
    case 'calls taken':
      return `free, but has taken ${mine} calls, not ${theirs}`;
    case 'last turn':
      return 'free, but had a turn since';
    case 'place in the list':
      return `free, but place ${mine + 1} in the list, not ${theirs + 1}`;
    case 'dice':
      return 'free, but the dice fell otherwise';
    case 'minus levels':
      return `free, but levels ${-mine} < ${-theirs}`;
    default:
      return 'free and equal, but later by name';
  }
};

/**
 * Decides anew from what was written down.
 * @returns those whom the scores put first; more than one only for ring-all
 */
export const winnersOf = ({ candidates, strategy }: Decision): readonly AgentId[] => {
  const scored = candidates.flatMap(({ agent, score }) => (score === undefined ? [] : [{ agent, score }]));
  const [first, ...others] = scored;
  if (first === undefined) return [];
  const best = others.reduce((sofar, each) => (comesSooner(each, sofar) ? each : sofar), first);
  return strategy === 'ring-all'
    ? scored.filter(({ score }) => score.every((value, index) => value === best.score[index])).map(({ agent }) => agent)
    : [best.agent];
};

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
