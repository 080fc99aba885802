import type { Agent } from '../agent/agent.ts';
import { objection } from '../agent/step.ts';
import type { Candidate, Decision } from '../fact/fact.ts';
import type { AgentId, CallId, QueueId } from '../ids.ts';
import type { Line, Place } from '../line/line.ts';
import type { Queue } from '../policy/policy.ts';
import { elapsedMs, type Instant } from '../time.ts';

/** Who waits, who could answer, and by which rules. */
export interface Floor {
  readonly lines: ReadonlyMap<QueueId, Line>;
  readonly agents: ReadonlyMap<AgentId, Agent>;
  /** The rules that this caller entered with. */
  rulesFor(queue: QueueId, call: CallId): { readonly queue: Queue; readonly policyVersion: number } | undefined;
}

/** One caller for one agent. */
export interface Match {
  readonly call: CallId;
  readonly queue: QueueId;
  readonly agent: Agent;
  readonly rules: Queue;
  readonly decision: Decision;
}

/**
 * The caller to be served next, over all queues at once, and by whom: of all callers at the head of their line for whom
 * somebody is free, the one with the earliest virtual arrival; of all who are free for them, the one idle longest.
 * @returns undefined when nobody can be served now.
 */
export const nextMatch = (floor: Floor, at: Instant): Match | undefined => {
  let best: Head | undefined;
  for (const [queue, line] of floor.lines) {
    const place = line.first;
    if (place === undefined) continue;
    if (best !== undefined && !isSooner(place, best.place)) continue;
    const rules = floor.rulesFor(queue, place.call);
    const agent = rules && longestIdle(rules.queue.members, floor.agents, at);
    if (rules !== undefined && agent !== undefined) best = { place, queue, rules, agent };
  }
  if (best === undefined) return undefined;
  const { place, queue, rules, agent } = best;
  return { call: place.call, queue, agent, rules: rules.queue, decision: explain(rules, agent, floor, at) };
};

interface Head {
  readonly place: Place;
  readonly queue: QueueId;
  readonly rules: { readonly queue: Queue; readonly policyVersion: number };
  readonly agent: Agent;
}

const isSooner = (a: Place, b: Place): boolean =>
  a.virtualArrival < b.virtualArrival || (a.virtualArrival === b.virtualArrival && a.call < b.call);

const longestIdle = (
  members: readonly AgentId[],
  agents: ReadonlyMap<AgentId, Agent>,
  at: Instant,
): Agent | undefined => {
  let best: Agent | undefined;
  for (const member of members) {
    const agent = agents.get(member);
    if (agent === undefined || objection(agent, at) !== undefined) continue;
    if (best === undefined || isIdleLonger(agent, best)) best = agent;
  }
  return best;
};

/** Equals go by id, so that the choice is the same on every machine. */
const isIdleLonger = (a: Agent, b: Agent): boolean =>
  a.idleSince < b.idleSince || (a.idleSince === b.idleSince && a.id < b.id);

/** The reason for the one, and for each of the others. */
const explain = (
  rules: { queue: Queue; policyVersion: number },
  chosen: Agent,
  { agents }: Floor,
  at: Instant,
): Decision => ({
  policyVersion: rules.policyVersion,
  strategy: rules.queue.strategy,
  rule: 'the free member who has been idle longest; equals by name',
  candidates: rules.queue.members.map((id): Candidate => {
    const agent = agents.get(id);
    if (agent === undefined) return { agent: id, name: id, chosen: false, reason: 'no such agent', idleMs: null };
    const idleMs = elapsedMs(agent.idleSince, at);
    if (agent === chosen)
      return { agent: id, name: agent.name, chosen: true, reason: `idle longest, ${seconds(idleMs)}`, idleMs };
    const against = objection(agent, at);
    return against === undefined
      ? { agent: id, name: agent.name, chosen: false, reason: `free, but idle for only ${seconds(idleMs)}`, idleMs }
      : { agent: id, name: agent.name, chosen: false, reason: against, idleMs: null };
  }),
});

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
