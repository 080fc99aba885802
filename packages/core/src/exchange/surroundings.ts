import type { Agent } from '../agent/agent.ts';
import type { ExpectedInterval, Surroundings } from '../call/moves.ts';
import type { Common } from '../call/state.ts';
import type { AgentId, QueueId } from '../ids.ts';
import type { QueueFigure } from '../policy/condition.ts';
import { queueIn } from '../policy/lookup.ts';
import type { Queue } from '../policy/queue.ts';
import type { TrunkNow } from '../routing/outbound.ts';
import { trunksUsedBy } from '../routing/trunk-use.ts';
import type { Floor } from './floor.ts';

/** What a call may know of the house, by the policy that it goes by. */
export const surroundingsOf = (call: Common, floor: Floor): Surroundings => {
  const policy = floor.rulebook.of(call.policyVersion);
  return {
    policy,
    queue: (id) => queueIn(policy, id),
    position: (queue, place) => floor.dispatcher.line(queue).position(place),
    expectedWait: (queue, position) => expectedWait(queue, position, floor),
    staff: (queue) => floor.staff.of(queue),
    isHere: (id) => isHere(floor.agents.get(id)),
    wrapUpMs: (queue, agent) => wrapUpMs(queueIn(policy, queue), agent),
    keptPlace: (queue, number, at) =>
      floor.tickets.placeOf(queue, number) ?? floor.lostPlaces.placeOf(queue, number, at),
    figure: (queue, figure) => figureOf(queue, figure, floor),
    isOn: floor.isOn,
    deskAt: (extension) => floor.desks.get(extension),
    agentAt: (extension) => floor.agentAt(extension),
    trunk: (id) => trunkNow(id, floor),
    phoneOf: (extension) => floor.phoneOf(extension),
  };
};

const figureOf = (queue: QueueId, figure: QueueFigure, floor: Floor): number | undefined => {
  const { length } = floor.dispatcher.line(queue);
  switch (figure) {
    case 'length':
      return length;
    case 'members':
      return floor.staff.of(queue).working;
    case 'ready':
      return floor.staff.of(queue).ready;
    case 'expectedWaitMs':
      return expectedWait(queue, length + 1, floor)?.meanMs;
  }
};

const expectedWait = (queue: QueueId, position: number, floor: Floor): ExpectedInterval | undefined => {
  const { working, ready } = floor.staff.of(queue);
  return floor.expectedWait.at(queue, position, working, ready);
};

/** How many calls a trunk carries, and whether it may carry another. */
export const trunkNow = (id: string, floor: Floor): TrunkNow => {
  const down = floor.trunks.objectionTo(id);
  const known = down === undefined ? {} : { down };
  const most = floor.rulebook.current?.outbound?.channels[id];
  if (most === undefined) return known;
  let used = 0;
  for (const call of floor.calls.values()) used += trunksUsedBy(call).filter((trunk) => trunk === id).length;
  return used < most ? known : { ...known, full: most };
};

const isHere = (agent: Agent | undefined): boolean =>
  agent?.presence.is === 'ready' || (agent?.presence.is === 'wrap-up' && agent.presence.next === 'ready');

/** A member's own, or the queue's. */
const wrapUpMs = (queue: Queue | undefined, agent: AgentId): number =>
  queue?.members.find((member) => member.agent === agent)?.wrapUpMs ?? queue?.wrapUpMs ?? 0;
