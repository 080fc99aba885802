import type { Extension, FlowId, NodeId, QueueId } from '../ids.ts';
import { dialKey } from './dial-key.ts';
import type { Flow, FlowNode } from './flow.ts';
import type { InboundNumber, Policy } from './policy.ts';
import type { Queue } from './queue.ts';
import { readTransferFlow } from './transfer-flow.ts';

/** The number that was dialled, as the policy knows it. */
export const numberDialled = (policy: Policy, dnis: string): InboundNumber | undefined => {
  const key = dialKey(dnis);
  return key === '' ? undefined : policy.numbers.find(({ number }) => dialKey(number) === key);
};

export const queueIn = (policy: Policy, id: QueueId): Queue | undefined =>
  Object.hasOwn(policy.queues, id) ? policy.queues[id] : undefined;

/** A flow of the policy, or one that the house itself provides. */
export const flowIn = (policy: Policy, id: FlowId): Flow | undefined =>
  Object.hasOwn(policy.flows, id) ? policy.flows[id] : builtIn(id);

/** What a call without a node of its own meets: its end. */
export const nodeIn = (policy: Policy, flow: FlowId, node: NodeId): FlowNode => {
  const nodes = flowIn(policy, flow)?.nodes;
  return (nodes !== undefined && Object.hasOwn(nodes, node) ? nodes[node] : undefined) ?? { kind: 'hangup' };
};

/** The flow of a desk phone that dialled another extension: whoever is not reached has a box of that name. */
export const extensionFlow = (extension: Extension): FlowId => `extension ${extension}` as FlowId;
/** The flow of a desk phone that dialled `*98`: its own box. */
export const boxFlow = (extension: Extension): FlowId => `box ${extension}` as FlowId;
/** The flow of a feature code: what it says, then the end. Ids of a policy have no spaces, so none can be mistaken for these. */
export const featureFlow = 'feature code' as FlowId;

const builtIn = (id: FlowId): Flow | undefined => {
  const box = /^box (\d{2,6})$/.exec(id)?.[1];
  if (box !== undefined)
    return {
      name: `Box ${box}`,
      start: 'box' as NodeId,
      nodes: {
        ['box' as NodeId]: { kind: 'box', box, next: 'end' as NodeId },
        ['end' as NodeId]: { kind: 'hangup' },
      },
    };
  const extension = /^extension (\d{2,6})$/.exec(id)?.[1];
  if (extension === undefined) return readTransferFlow(id);
  return {
    name: `Extension ${extension}`,
    start: 'ring' as NodeId,
    nodes: {
      ['ring' as NodeId]: {
        kind: 'ring',
        extension: extension as Extension,
        forMs: 25_000,
        noAnswer: 'message' as NodeId,
      },
      ['message' as NodeId]: {
        kind: 'voicemail',
        box: extension,
        sounds: ['cordboard/leave-message'],
        maxMs: 180_000,
        silenceMs: 8000,
        next: 'kept' as NodeId,
      },
      ['kept' as NodeId]: { kind: 'say', sounds: ['cordboard/message-kept'], next: 'end' as NodeId },
      ['end' as NodeId]: { kind: 'hangup' },
    },
  };
};
