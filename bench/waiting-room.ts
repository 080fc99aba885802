import type { Agent, AgentId, CallId, Instant, Levels, Member, QueueId } from '@cordboard/core';
import { Dispatcher, type Waiting } from '../packages/core/src/routing/dispatcher.ts';
import type { Rules } from '../packages/core/src/routing/group.ts';
import { aQueue } from '../packages/testkit/src/policy.ts';

const skillNames = Array.from({ length: 50 }, (_, n) => `skill-${n}`);
/** An agent has each skill with this chance: ten of fifty. */
const skilled = 0.2;

/** The same numbers each time. */
const dice = (seed: number) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};

/** One queue in memory, nothing else: callers who ask for one of fifty skills at some level, agents who have ten of them. */
export class WaitingRoom {
  readonly #throw = dice(1);
  readonly #agents = new Map<AgentId, Agent>();
  readonly #line = new Map<string, Waiting>();
  readonly #dispatcher: Dispatcher;
  readonly #people: number;
  #came = 0;

  /** @param free whether all agents have nothing to do, or are paused */
  constructor(people: number, free: boolean) {
    this.#people = people;
    const skills = new Map<AgentId, Levels>();
    const members: Member[] = [];
    for (let n = 0; n < people; n += 1) {
      const id = named(n);
      members.push({ agent: id, penalty: 0 });
      const known = skillNames.filter(() => this.#throw() < skilled);
      skills.set(id, Object.fromEntries(known.map((skill) => [skill, this.#level(10)])));
      this.#agents.set(id, agentWho(id, free));
    }
    const queue = aQueue({ members });
    const rules: Rules = { queue, policyVersion: 1, skillsOf: (agent) => skills.get(agent) ?? {} };
    this.#dispatcher = new Dispatcher({
      agents: this.#agents,
      rulesOf: () => rules,
      triedBy: () => ({}),
      onlyChosen: false,
    });
    for (const agent of this.#agents.values()) this.#dispatcher.agentChanged(undefined, agent);
    this.#meetEveryNeed();
  }

  /** Somebody comes, and asks for something. */
  enter(): void {
    this.#came += 1;
    const skill = skillNames[Math.floor(this.#throw() * skillNames.length)] ?? '';
    this.#stand(skill, this.#level(5));
  }

  /** One of the agents, by chance. */
  someone(): AgentId {
    return named(Math.floor(this.#throw() * this.#people));
  }

  set(id: AgentId, isReady: boolean): void {
    const before = this.#agents.get(id);
    const agent = agentWho(id, isReady);
    this.#agents.set(id, agent);
    this.#dispatcher.agentChanged(before, agent);
  }

  /** A decision, carried out: the caller leaves the line, the agent is not free any more. @returns whose it is */
  decide(): AgentId | undefined {
    const match = this.#dispatcher.next(this.#came as Instant);
    const place = match === undefined ? undefined : this.#line.get(match.who);
    const agent = match?.agents[0]?.id;
    if (match === undefined || place === undefined || agent === undefined) return undefined;
    this.#line.delete(match.who);
    this.#dispatcher.leave(place);
    this.set(agent, false);
    return agent;
  }

  /** Who can serve a need is read when it is met for the first time: that is the first minute of a day, not its rule. */
  #meetEveryNeed(): void {
    for (const skill of skillNames) for (let level = 1; level <= 5; level += 1) this.#stand(skill, level);
    for (const place of this.#line.values()) this.#dispatcher.leave(place);
    this.#line.clear();
  }

  #stand(skill: string, level: number): void {
    const place: Waiting = {
      who: `c${this.#came}-${skill}-${level}` as CallId,
      virtualArrival: this.#came as Instant,
      need: { queue: 'support' as QueueId, policyVersion: 1, requires: { [skill]: level } },
    };
    this.#line.set(place.who, place);
    this.#dispatcher.enter(place);
  }

  #level(most: number): number {
    return 1 + Math.floor(this.#throw() * most);
  }
}

const named = (n: number): AgentId => `agent-${n}` as AgentId;

const agentWho = (id: AgentId, isReady: boolean): Agent => ({
  id,
  name: id,
  extension: '101' as Agent['extension'],
  presence: isReady ? { is: 'ready' } : { is: 'paused', reason: 'bench' },
  since: 0 as Instant,
  idleSince: 0 as Instant,
  missed: 0,
  reachable: true,
});
