import type { FlowNode, Language, NodeId, Policy, QueueId } from '@cordboard/core';
import { aFlow, aPolicy, aQueue, flows, type QueueChanges, rulesPolicy } from '@cordboard/testkit';
import { ringForMs } from './house-policy.ts';

/** A number of the house, and what its callers meet, from the first node on. */
export interface HouseNumber {
  readonly number: string;
  readonly language?: Language;
  readonly start: string;
  readonly nodes: Readonly<Record<string, FlowNode>>;
}

/** A house of flows; each may lead to `support` (Ana, Ben), `sales` (Dan) or its `end`. Nothing is said to who waits. */
export const flowHousePolicy = (
  numbers: Readonly<Record<string, HouseNumber>>,
  {
    queues = {},
    ...changes
  }: { readonly queues?: Readonly<Record<string, QueueChanges>> } & Partial<Omit<Policy, 'queues'>> = {},
): Omit<Policy, 'version'> => {
  const named = Object.entries(numbers);
  const { version: _, ...policy } = aPolicy({
    numbers: named.map(([id, { number, language = 'fr' }]) => ({ number, name: id, language, flow: id as never })),
    flows: flows(
      Object.fromEntries(named.map(([id, { start, nodes }]) => [id, aFlow(start, { ...common, ...nodes })])),
    ),
    queues: Object.fromEntries(
      Object.entries({ support: { members: ['ana', 'ben'] }, sales: { members: ['dan'] }, ...queues }).map(
        ([id, queue]) => [id, aQueue({ name: id, ...calm, ...queue })],
      ),
    ),
    ...changes,
  });
  return policy;
};

/** The house with rules, its lines kept by the people of a house. */
export const rulesHousePolicy = (changes: Partial<Policy> = {}): Omit<Policy, 'version'> => {
  const { version: _, ...policy } = rulesPolicy(changes);
  return policy;
};

/** Names of nodes and queues, as a flow wants them. */
export const node = (name: string): NodeId => name as NodeId;
export const queue = (name: string): QueueId => name as QueueId;

const calm: QueueChanges = {
  ringForMs,
  wrapUpMs: 0,
  pauseAfterMissed: 0,
  announce: { everyMs: 0, position: false, wait: false },
};

const common: Record<string, FlowNode> = {
  support: { kind: 'queue', queue: queue('support'), priority: 0 },
  sales: { kind: 'queue', queue: queue('sales'), priority: 0 },
  end: { kind: 'hangup' },
};
