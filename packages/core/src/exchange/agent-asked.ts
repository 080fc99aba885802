import type { Agent } from '../agent/agent.ts';
import { ask, deadlinePassed, moved, phoneReachable } from '../agent/step.ts';
import type { AgentId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { ExchangeEvent } from './event.ts';
import type { Floor } from './floor.ts';
import type { Outcome } from './outcome.ts';
import { putAgent } from './seating.ts';
import { settle } from './settle.ts';

export const agentAsked = (
  { agent: id, request, at, because }: Extract<ExchangeEvent, { type: 'AgentAsked' }>,
  floor: Floor,
): Outcome => {
  const agent = floor.agents.get(id);
  const turn = floor.turn(at);
  if (agent === undefined) return turn.refuse('unknown-agent');
  const result = ask(agent, request, at);
  if (typeof result === 'string') return turn.refuse(result);
  if (request.to === 'wrapped-up' && agent.codeWanted !== undefined) {
    const { call: ofCall, queue } = agent.codeWanted;
    turn.say({ type: 'WrapUpCodeGiven', at, agent: id, ofCall, queue, code: request.code });
  }
  putAgent(result, because, request, turn, floor);
  return settle(turn, floor);
};

export const memberAsked = (
  { agent: id, queue, placement, at, by }: Extract<ExchangeEvent, { type: 'MemberAsked' }>,
  floor: Floor,
): Outcome => {
  const turn = floor.turn(at);
  const agent = floor.agents.get(id);
  if (agent === undefined) return turn.refuse('unknown-agent');
  if (floor.rulebook.queues().get(queue) === undefined) return turn.refuse('no-such-queue');
  turn.agent(moved(agent, queue, placement ?? undefined), by);
  return settle(turn, floor);
};

/** The clock knocks for an agent. */
export const agentDeadlinePassed = (
  { agent, at }: Extract<ExchangeEvent, { type: 'AgentDeadlinePassed' }>,
  floor: Floor,
): Outcome => changeAgent(agent, at, 'time', (known) => deadlinePassed(known, at), floor);

export const phoneReported = (
  { extension, reachable, at }: Extract<ExchangeEvent, { type: 'PhoneReachable' }>,
  floor: Floor,
): Outcome => {
  floor.reachable.set(extension, reachable);
  const agent = floor.seats.at(extension);
  if (agent === undefined) return floor.turn(at).outcome();
  return changeAgent(
    agent,
    at,
    reachable ? 'phone registered' : 'phone not registered',
    (known) => phoneReachable(known, reachable),
    floor,
  );
};

const changeAgent = (
  id: AgentId,
  at: Instant,
  because: string,
  change: (agent: Agent) => Agent,
  floor: Floor,
): Outcome => {
  const turn = floor.turn(at);
  const agent = floor.agents.get(id);
  if (agent !== undefined) turn.agent(change(agent), because);
  return settle(turn, floor);
};
