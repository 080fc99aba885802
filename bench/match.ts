/**
 * How long a decision takes as the floor grows: callers wait, agents have skills, and an agent comes free.
 *
 *     npx tsx --conditions=source bench/match.ts
 */
import type { Agent, AgentId, CallId, Decision, Instant, Levels, Member, Queue, QueueId } from '@cordboard/core';
import { Dispatcher } from '../packages/core/src/routing/dispatcher.ts';
import type { Rules } from '../packages/core/src/routing/group.ts';
import { aQueue } from '../packages/testkit/src/policy.ts';

const skillNames = Array.from({ length: 50 }, (_, n) => `skill-${n}`);
const rounds = 2000;

/** The same numbers each time. */
const random = (seed: number) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};

const measure = (waiting: number, people: number, free: 'nobody' | 'everybody'): void => {
  const dice = random(1);
  const agents = new Map<AgentId, Agent>();
  const skills = new Map<AgentId, Levels>();
  const members: Member[] = [];
  const named = (n: number): AgentId => `agent-${n}` as AgentId;
  for (let n = 0; n < people; n += 1) {
    members.push({ agent: named(n), penalty: 0 });
    skills.set(
      named(n),
      Object.fromEntries(skillNames.filter(() => dice() < 0.2).map((skill) => [skill, 1 + Math.floor(dice() * 10)])),
    );
    agents.set(named(n), agentWho(named(n), free === 'everybody'));
  }
  const queue: Queue = aQueue({ members });
  const rules: Rules = { queue, policyVersion: 1, skillsOf: (agent) => skills.get(agent) ?? {} };
  const dispatcher = new Dispatcher({ agents, rulesOf: () => rules, triedBy: () => ({}), onlyChosen: false });
  for (const agent of agents.values()) dispatcher.agentChanged(undefined, agent);
  const enter = (n: number): void => {
    const skill = skillNames[Math.floor(dice() * skillNames.length)] ?? '';
    dispatcher.enter({
      who: `c${n}` as CallId,
      virtualArrival: n as Instant,
      need: { queue: 'support' as QueueId, policyVersion: 1, requires: { [skill]: 1 + Math.floor(dice() * 5) } },
    });
  };
  const change = (agent: Agent): void => {
    const before = agents.get(agent.id);
    agents.set(agent.id, agent);
    dispatcher.agentChanged(before, agent);
  };
  const needs = new Map<string, Parameters<Dispatcher['leave']>[0]>();
  const remember = dispatcher.enter.bind(dispatcher);
  dispatcher.enter = (each) => {
    needs.set(each.who, each);
    remember(each);
  };
  for (let n = 0; n < waiting; n += 1) enter(n);
  // Every need has been met once: that is the first minute of a day, not its rule.
  for (let n = 0; n < rounds; n += 1) enter(-1 - n);
  for (let n = 0; n < rounds; n += 1) dispatcher.leave(needs.get(`c${-1 - n}`) as Parameters<Dispatcher['leave']>[0]);
  const times: number[] = [];
  let decided: Decision | undefined;
  for (let n = 0; n < rounds; n += 1) {
    const someone = named(Math.floor(dice() * people));
    const began = performance.now();
    if (free === 'everybody') enter(waiting + n);
    else change(agentWho(someone, true));
    const match = dispatcher.next((waiting + n) as Instant);
    if (match !== undefined) {
      decided = match.decision;
      const place = needs.get(match.who);
      if (place !== undefined) dispatcher.leave(place);
      for (const { id } of match.agents) change(agentWho(id, false));
      times.push(performance.now() - began);
      if (free === 'everybody') for (const { id } of match.agents) change(agentWho(id, true));
      else enter(waiting + n);
    }
  }
  times.sort((a, b) => a - b);
  const at = (share: number): string => `${((times[Math.floor(times.length * share)] ?? 0) * 1000).toFixed(0)} µs`;
  const told = decided?.candidates.length ?? 0;
  process.stdout.write(
    `${String(waiting).padStart(6)} waiting ${String(people).padStart(5)} agents, ${free.padEnd(9)} free: ` +
      `median ${at(0.5).padStart(8)}  p99 ${at(0.99).padStart(8)}  (${times.length} decisions, ${told} candidates told)\n`,
  );
};

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

for (const [waiting, people] of [
  [100, 20],
  [1000, 200],
  [10_000, 200],
  [10_000, 2000],
] as const)
  measure(waiting, people, 'nobody');
for (const people of [20, 200, 2000]) measure(0, people, 'everybody');
