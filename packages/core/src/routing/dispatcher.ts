import type { Agent } from '../agent/agent.ts';
import { isTicket } from '../callback/tickets.ts';
import type { WrittenDecision } from '../fact/decision.ts';
import type { AgentId, QueueId } from '../ids.ts';
import { Line, type Place, type Waiter } from '../line/line.ts';
import type { Member, Queue, Strategy } from '../policy/queue.ts';
import type { Instant } from '../time.ts';
import { explain } from './decision.ts';
import { Group, membersOf, type Rules } from './group.ts';
import { type Need, needKey } from './need.ts';
import { comesSooner, type Occasion, scoreOf } from './rank.ts';
import type { Head, Ranked } from './ranked.ts';

/** Who stands in line, where, and what they need. */
export interface Waiting extends Place {
  readonly need: Need;
}

/** One caller for one agent, or for several whose phones ring at once. */
export interface Match {
  readonly who: Waiter;
  readonly queue: QueueId;
  readonly agents: readonly Agent[];
  readonly rules: Queue;
  readonly decision: WrittenDecision;
}

/** What the dispatcher must be told by those who keep it. */
export interface Keeper {
  readonly agents: ReadonlyMap<AgentId, Agent>;
  rulesOf(queue: QueueId, policyVersion: number): Rules | undefined;
  /** How often a waiter has been offered to whom. */
  triedBy(who: Waiter): Readonly<Record<AgentId, number>>;
  /** Decisions tell of those chosen, and of nobody else. */
  readonly onlyChosen: boolean;
}

/**
 * Brings all who wait and all who are free together, over all queues at once: of all who are first among those with the
 * same need, and for whom somebody is free, the one with the earliest virtual arrival, shifted by the queue's weight; of
 * all who are free for them, the one that the queue's strategy ranks first. So a caller whom nobody free can serve holds
 * up nobody behind, and among those whom the same agents can serve the order of the line is kept.
 *
 * Who is free for whom is kept up to date event by event: a decision looks only at needs for which somebody waits and
 * somebody is free, never at everybody.
 */
export class Dispatcher {
  readonly #keeper: Keeper;
  readonly #lines = new Map<QueueId, Line>();
  readonly #groups = new Map<string, Group>();
  readonly #groupsOf = new Map<AgentId, Set<Group>>();
  readonly #moved = new Map<AgentId, Agent>();
  readonly #open = new Set<Group>();

  constructor(keeper: Keeper) {
    this.#keeper = keeper;
  }

  /** Everybody in line for a queue, whatever they need. */
  line(queue: QueueId): Line {
    const line = this.#lines.get(queue) ?? new Line();
    this.#lines.set(queue, line);
    return line;
  }

  enter(waiting: Waiting): void {
    this.line(waiting.need.queue).enter(waiting);
    const group = this.#group(waiting.need);
    group.line.enter(waiting);
    this.#note(group);
  }

  leave(waiting: Waiting): void {
    this.line(waiting.need.queue).leave(waiting);
    const group = this.#groups.get(needKey(waiting.need));
    if (group === undefined) return;
    group.line.leave(waiting);
    this.#note(group);
    // Needs of one agent alone are as many as customers have owners: they are not kept.
    if (group.line.length === 0 && group.need.only !== undefined) this.#forget(group);
  }

  /** To be told of every change of an agent. */
  agentChanged(before: Agent | undefined, agent: Agent): void {
    if (before?.moved !== agent.moved) this.#placed(before, agent);
    for (const group of this.#groupsOf.get(agent.id) ?? []) {
      group.see(agent);
      this.#note(group);
    }
  }

  /** To be told when rules have come, or versions gone. */
  rulesChanged(isKept: (policyVersion: number) => boolean): void {
    for (const group of [...this.#groups.values()])
      if (group.line.length === 0 && !isKept(group.need.policyVersion)) this.#forget(group);
      else this.#renew(group);
  }

  /** Who is a member of a queue now, by these rules. */
  membersOf(queue: QueueId, rules: Pick<Queue, 'members'>): readonly Member[] {
    return membersOf(queue, rules, this.#moved.values());
  }

  /** @returns undefined when nobody can be served now. */
  next(at: Instant): Match | undefined {
    let first: Head | undefined;
    for (const group of this.#open) {
      const head = headOf(group);
      if (head !== undefined && (first === undefined || isServedBefore(head, first))) first = head;
    }
    return first === undefined ? undefined : this.#match(first, at);
  }

  #match({ group, place: { who }, rules }: Head, at: Instant): Match | undefined {
    const { need } = group;
    const strategy = strategyFor(who, rules.queue.strategy);
    const occasion: Occasion = {
      strategy,
      queue: need.queue,
      who,
      requires: need.requires,
      tried: this.#keeper.triedBy(who),
      at,
    };
    let best: Ranked | undefined;
    let equals: Ranked[] = [];
    for (const id of group.free) {
      const agent = this.#keeper.agents.get(id);
      const able = group.able.get(id);
      if (agent === undefined || able === undefined) continue;
      const ranked: Ranked = { agent: id, person: agent, able, score: scoreOf(agent, able, occasion) };
      if (strategy === 'ring-all' && best !== undefined && isEqual(ranked, best)) equals.push(ranked);
      else if (best === undefined || comesSooner(ranked, best)) {
        best = ranked;
        equals = [ranked];
      }
    }
    if (best === undefined) return undefined;
    const chosen = (strategy === 'ring-all' ? equals : [best]).toSorted((a, b) => (a.agent < b.agent ? -1 : 1));
    return {
      who,
      queue: need.queue,
      agents: chosen.map(({ person }) => person),
      rules: rules.queue,
      decision: explain({
        chosen,
        occasion,
        group,
        rules,
        members: this.membersOf(need.queue, rules.queue),
        agents: this.#keeper.agents,
        rivals: [...this.#open].flatMap((open) => headOf(open) ?? []),
        onlyChosen: this.#keeper.onlyChosen,
      }),
    };
  }

  #group(need: Need): Group {
    const key = needKey(need);
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    const group = new Group(need);
    this.#groups.set(key, group);
    this.#renew(group);
    return group;
  }

  #renew(group: Group): void {
    this.#unlink(group);
    const rules = this.#keeper.rulesOf(group.need.queue, group.need.policyVersion);
    const members = rules === undefined ? [] : this.membersOf(group.need.queue, rules.queue);
    group.renew(rules, members, this.#keeper.agents);
    for (const agent of group.able.keys()) {
      const groups = this.#groupsOf.get(agent) ?? new Set();
      groups.add(group);
      this.#groupsOf.set(agent, groups);
    }
    this.#note(group);
  }

  #forget(group: Group): void {
    this.#unlink(group);
    this.#open.delete(group);
    this.#groups.delete(needKey(group.need));
  }

  #unlink(group: Group): void {
    for (const agent of group.able.keys()) this.#groupsOf.get(agent)?.delete(group);
  }

  #note(group: Group): void {
    if (group.isOpen) this.#open.add(group);
    else this.#open.delete(group);
  }

  #placed(before: Agent | undefined, agent: Agent): void {
    if (Object.keys(agent.moved ?? {}).length === 0) this.#moved.delete(agent.id);
    else this.#moved.set(agent.id, agent);
    const queues = new Set([...Object.keys(before?.moved ?? {}), ...Object.keys(agent.moved ?? {})]);
    for (const group of this.#groups.values()) if (queues.has(group.need.queue)) this.#renew(group);
  }
}

const headOf = (group: Group): Head | undefined => {
  const { rules } = group;
  const place = group.line.first;
  return place === undefined || rules === undefined
    ? undefined
    : { group, place, rules, weighted: place.virtualArrival - rules.queue.weight * rules.queue.boostMs };
};

const isServedBefore = (a: Head, b: Head): boolean =>
  a.weighted < b.weighted || (a.weighted === b.weighted && a.place.who < b.place.who);

const isEqual = (a: Ranked, b: Ranked): boolean => a.score.every((value, index) => value === b.score[index]);

/** A promised callback is made by one agent, also where a caller would ring all: the one who has been idle longest. */
const strategyFor = (who: Waiter, strategy: Strategy): Strategy =>
  strategy === 'ring-all' && isTicket(who) ? 'longest-idle' : strategy;
