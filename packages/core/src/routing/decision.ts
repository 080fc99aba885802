import type { Agent } from '../agent/agent.ts';
import { objection } from '../agent/step.ts';
import type { Candidate, WrittenDecision } from '../fact/decision.ts';
import type { AgentId } from '../ids.ts';
import type { Member } from '../policy/queue.ts';
import { elapsedMs } from '../time.ts';
import { candidatesOf, seconds, writeCandidates } from './candidates.ts';
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
export const explain = ({
  chosen,
  occasion,
  group,
  rules,
  members,
  agents,
  rivals,
  onlyChosen,
}: Decided): WrittenDecision => {
  const { need } = group;
  const told = onlyChosen ? chosen.map(({ able }) => able.member) : toldOf(members, group, chosen);
  const count = need.only === undefined ? members.length : told.length;
  return {
    policyVersion: rules.policyVersion,
    strategy: occasion.strategy,
    rule: need.only === undefined ? ruleInWords[occasion.strategy] : 'the customer’s own agent, before anybody else',
    criteria: criteria[occasion.strategy],
    requires: need.requires,
    ...(rivals.length > 1 ? { rivals: rivals.slice(0, mostRivals).map(rival) } : {}),
    ...(told.length < count ? { untold: count - told.length } : {}),
    candidates: writeCandidates(told.map((member) => candidate(member, { chosen, occasion, group, rules, agents }))),
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

const rival = ({ group, place, rules, weighted }: Head): NonNullable<WrittenDecision['rivals']>[number] => ({
  queue: group.need.queue,
  who: place.who,
  virtualArrival: place.virtualArrival,
  aheadMs: rules.queue.weight * rules.queue.boostMs,
  weighted,
});

const candidate = (
  member: Member,
  { chosen, occasion, group, rules, agents }: Pick<Decided, 'chosen' | 'occasion' | 'group' | 'rules' | 'agents'>,
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
  // What speaks against the others is told by their scores: see `candidatesOf`.
  const reason = isChosen ? forReason(ranked, occasion) : '';
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

/**
 * Decides anew from what was written down.
 * @returns those whom the scores put first; more than one only for ring-all
 */
export const winnersOf = (decision: WrittenDecision): readonly AgentId[] => {
  const { strategy } = decision;
  const scored = candidatesOf(decision).flatMap(({ agent, score }) => (score === undefined ? [] : [{ agent, score }]));
  const [first, ...others] = scored;
  if (first === undefined) return [];
  const best = others.reduce((sofar, each) => (comesSooner(each, sofar) ? each : sofar), first);
  return strategy === 'ring-all'
    ? scored.filter(({ score }) => score.every((value, index) => value === best.score[index])).map(({ agent }) => agent)
    : [best.agent];
};
