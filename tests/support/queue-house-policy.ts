import type { FlowNode, NodeId, NodeOf, Policy, QueueId } from '@cordboard/core';
import { aFlow, aPolicy, aQueue, flows, type QueueChanges } from '@cordboard/testkit';
import { ringForMs } from './house-policy.ts';

/** One line of a house: the number that leads to it, how its queue is kept, and what else its flow needs. */
export interface HouseLine {
  readonly number: string;
  readonly queue?: QueueChanges;
  /** The queue's node; its ways out lead to `end`, or to one of `nodes`. */
  readonly node?: Partial<Omit<NodeOf<'queue'>, 'kind' | 'queue'>>;
  readonly nodes?: Readonly<Record<string, FlowNode>>;
  readonly attributes?: Readonly<Record<string, string>>;
}

/**
 * A house in which each queue has a number of its own. Who calls is looked up, and then stands in line. Nothing is said, no
 * after-call work is done and nobody is paused, unless the line asks for it.
 */
export const queueHousePolicy = (
  lines: Readonly<Record<string, HouseLine>>,
  changes: Partial<Policy> = {},
): Omit<Policy, 'version'> => {
  const named = Object.entries(lines);
  const { version: _, ...policy } = aPolicy({
    numbers: named.map(([id, { number, attributes = {} }]) => ({
      number,
      name: id,
      language: 'fr',
      flow: id as never,
      attributes,
    })),
    flows: flows(Object.fromEntries(named.map(([id, line]) => [id, flowOf(id, line)]))),
    queues: Object.fromEntries(named.map(([id, { queue }]) => [id, aQueue({ name: id, ...calm, ...queue })])),
    ...changes,
  });
  return policy;
};

/** Names of nodes, as a flow wants them. */
export const node = (name: string): NodeId => name as NodeId;

const calm: QueueChanges = {
  ringForMs,
  wrapUpMs: 0,
  pauseAfterMissed: 0,
  alertSegments: [],
  announce: { everyMs: 0, position: false, wait: false },
};

const flowOf = (id: string, { node: queueNode, nodes }: HouseLine) =>
  aFlow('who', {
    who: { kind: 'identify', waitMs: 3000, known: node('line'), unknown: node('line'), slow: node('line') },
    line: { kind: 'queue', queue: id as QueueId, priority: 0, ...queueNode },
    end: { kind: 'hangup' },
    ...nodes,
  });
