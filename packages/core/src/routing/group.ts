import type { Agent } from '../agent/agent.ts';
import { isFree } from '../agent/step.ts';
import type { AgentId, QueueId } from '../ids.ts';
import { Line } from '../line/line.ts';
import type { Levels, Member, Queue } from '../policy/queue.ts';
import type { Need } from './need.ts';
import { type Able, lacking } from './rank.ts';

/** The rules of one queue in one version of the policy. */
export interface Rules {
  readonly queue: Queue;
  readonly policyVersion: number;
  skillsOf(agent: AgentId): Levels;
}

/** Callers with the same need, in their order, and those who could serve them: who is free of them is kept up to date. */
export class Group {
  readonly need: Need;
  readonly line = new Line();
  rules: Rules | undefined;
  /** Who could serve these callers, free or not. */
  able: ReadonlyMap<AgentId, Able> = new Map();
  readonly free = new Set<AgentId>();

  constructor(need: Need) {
    this.need = need;
  }

  /** Somebody waits, and somebody is free for them. */
  get isOpen(): boolean {
    return this.free.size > 0 && this.line.length > 0;
  }

  /** Reads anew who could serve these callers. */
  renew(rules: Rules | undefined, members: readonly Member[], agents: ReadonlyMap<AgentId, Agent>): void {
    const { requires, only } = this.need;
    this.rules = rules;
    this.free.clear();
    const able = new Map<AgentId, Able>();
    const consider = (member: Member, order: number): void => {
      if (only !== undefined && member.agent !== only) return;
      const skills = rules?.skillsOf(member.agent) ?? {};
      if (only === undefined && lacking(skills, requires) !== undefined) return;
      able.set(member.agent, { member, order, skills });
      this.see(agents.get(member.agent), able);
    };
    for (const [order, member] of members.entries()) consider(member, order);
    // The customer's own agent need not be a member of the queue.
    if (only !== undefined && !able.has(only)) consider({ agent: only, penalty: 0 }, members.length);
    this.able = able;
  }

  /** An agent who is free now, or not any more. */
  see(agent: Agent | undefined, able = this.able): void {
    if (agent === undefined || !able.has(agent.id)) return;
    if (isFree(agent)) this.free.add(agent.id);
    else this.free.delete(agent.id);
  }
}

/** Who is a member now: the policy's list, with those whom a supervisor has put in or taken out. */
export const membersOf = (
  queue: QueueId,
  { members }: Pick<Queue, 'members'>,
  moved: Iterable<Agent>,
): readonly Member[] => {
  const placed = new Map(
    [...moved].flatMap((agent) => {
      const placement = agent.moved?.[queue];
      return placement === undefined ? [] : [[agent.id, placement] as const];
    }),
  );
  if (placed.size === 0) return members;
  const staying = members.flatMap((member): readonly Member[] => {
    const placement = placed.get(member.agent);
    placed.delete(member.agent);
    if (placement === undefined) return [member];
    return placement.in ? [{ ...member, penalty: placement.penalty }] : [];
  });
  const joining = [...placed].flatMap(([agent, placement]): readonly Member[] =>
    placement.in ? [{ agent, penalty: placement.penalty }] : [],
  );
  return [...staying, ...joining];
};
