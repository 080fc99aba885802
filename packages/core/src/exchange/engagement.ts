import type { Agent, CodeWanted, Engagement } from '../agent/agent.ts';
import { dialling, missed, released, reserved, talking, unreached, withdrawn } from '../agent/step.ts';
import type { CallState } from '../call/state.ts';
import type { OfferOutcome } from '../fact/fact.ts';
import type { AgentId, CallId, QueueId } from '../ids.ts';
import type { Queue } from '../policy/queue.ts';
import type { Turn } from './turn.ts';

interface Hands {
  readonly turn: Turn;
  readonly agents: ReadonlyMap<AgentId, Agent>;
  rulesFor(queue: QueueId, call: CallId): Queue | undefined;
}

/**
 * An agent is held by a call as long as the call's state says so, and by nothing else: the difference between the state
 * before and after is what changes for agents. So no agent can be left held by a call that has gone on.
 */
export const engage = (before: CallState | undefined, after: CallState, hands: Hands): void => {
  const was = before === undefined ? none : heldBy(before);
  const is = heldBy(after);
  for (const [id, engagement] of was) if (!is.has(id)) release(id, engagement, before, after, hands);
  for (const [id, { as, queue }] of is) {
    const agent = hands.agents.get(id);
    if (agent === undefined || was.get(id)?.as === as) continue;
    if (agent.engaged !== undefined && agent.engaged.call !== after.id) continue;
    const call = after.id;
    if (as === 'offered') hands.turn.agent(reserved(agent, call, queue, hands.turn.at), 'offered a call');
    else if (as === 'talking') hands.turn.agent(talking(agent, call, queue, hands.turn.at), 'answered');
    else hands.turn.agent(dialling(agent, call, hands.turn.at), 'placed a call');
  }
};

const none: ReadonlyMap<AgentId, Engagement> = new Map();

/** Which agents a call holds, and how. */
const heldBy = (call: CallState): ReadonlyMap<AgentId, Engagement> => {
  const held = new Map<AgentId, Engagement>();
  if (call.phase === 'ended') return held;
  if (call.callerAgent !== undefined) held.set(call.callerAgent, { call: call.id, as: 'dialling' });
  if (call.phase === 'offered')
    for (const { agent } of call.offer.legs) held.set(agent, { call: call.id, as: 'offered', queue: call.queue });
  if (call.phase === 'calling-back') held.set(call.reserved.agent, { call: call.id, as: 'offered', queue: call.queue });
  if (call.phase === 'ringing')
    for (const { agent } of call.legs) if (agent !== undefined) held.set(agent, { call: call.id, as: 'offered' });
  if (call.phase === 'consulting' && call.consult.agent !== undefined)
    held.set(call.consult.agent, { call: call.id, as: call.consult.answered ? 'talking' : 'offered' });
  if ((call.phase === 'talking' || call.phase === 'consulting') && call.agent !== undefined)
    held.set(call.agent, { call: call.id, as: 'talking', ...(call.queue === undefined ? {} : { queue: call.queue }) });
  if (call.phase === 'talking' && call.third?.agent !== undefined)
    held.set(call.third.agent, { call: call.id, as: call.third.joined ? 'talking' : 'offered' });
  return held;
};

const release = (
  id: AgentId,
  { as, queue }: Engagement,
  before: CallState | undefined,
  after: CallState,
  hands: Hands,
): void => {
  const { turn, agents } = hands;
  const agent = agents.get(id);
  if (agent === undefined || agent.engaged?.call !== after.id) return;
  const rules = queue === undefined ? undefined : hands.rulesFor(queue, after.id);
  if (as === 'talking') {
    const wrapUp = wrapUpOf(before, id);
    const code = wrapUp === undefined ? undefined : codeWanted(after.id, queue, rules);
    turn.agent(released(agent, wrapUp ?? 0, turn.at, code), 'call ended');
  } else if (as === 'dialling' || queue === undefined) turn.agent(released(agent, 0, turn.at), 'call ended');
  else endOffer(agent, turn.outcomeOf(id) ?? 'lost', rules, turn);
};

const codeWanted = (call: CallId, queue: QueueId | undefined, rules: Queue | undefined): CodeWanted | undefined => {
  const { wrapUpCodes: codes = [], wrapUpCodeRequired: required = false }: Partial<Queue> = rules ?? {};
  return queue === undefined || codes.length === 0 ? undefined : { call, queue, codes, required };
};

/** After-call work is for whoever had the call, not for who was only asked about it. */
const wrapUpOf = (before: CallState | undefined, agent: AgentId): number | undefined =>
  (before?.phase === 'talking' || before?.phase === 'consulting') && before.agent === agent
    ? before.wrapUpMs
    : undefined;

/** A phone that refuses at once must not be rung again at once, and again. */
const leastRestAfterRefusalMs = 2000;

const endOffer = (agent: Agent, outcome: OfferOutcome, rules: Queue | undefined, turn: Turn): void => {
  const { at } = turn;
  const pauseAfter = rules?.pauseAfterMissed ?? 0;
  const restMs = rules?.restAfterMissedMs ?? 0;
  switch (outcome) {
    case 'no-answer':
      turn.agent(missed(agent, pauseAfter, restMs, at), 'did not answer');
      return;
    case 'refused':
      turn.agent(missed(agent, pauseAfter, Math.max(restMs, leastRestAfterRefusalMs), at), 'refused the call');
      return;
    case 'unreachable':
      turn.agent(unreached(agent, at), 'phone could not be rung');
      return;
    case 'answered-elsewhere':
      turn.agent(withdrawn(agent, at), 'another agent answered');
      return;
    case 'caller-left':
      turn.agent(withdrawn(agent, at), 'caller left');
      return;
    case 'lost':
    case 'accepted':
      turn.agent(withdrawn(agent, at), 'offer lost');
  }
};
