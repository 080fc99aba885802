import type { AgentId, Extension, FlowId, NodeId } from '../ids.ts';
import { nodeIn } from './lookup.ts';
import type { Policy } from './policy.ts';

/**
 * The phones that answer when call control does not: those of the first queue, or the first extension, that a caller
 * reaches who dials the policy's first number and does nothing.
 */
export const fallbackExtensions = (policy: Policy, phoneOf: ReadonlyMap<AgentId, Extension>): readonly Extension[] => {
  const first = policy.numbers[0];
  const flow = first && policy.flows[first.flow];
  return first === undefined || flow === undefined ? [] : reached(policy, first.flow, flow.start, phoneOf, new Set());
};

const reached = (
  policy: Policy,
  flow: FlowId,
  at: NodeId,
  phoneOf: ReadonlyMap<AgentId, Extension>,
  seen: Set<NodeId>,
): readonly Extension[] => {
  if (seen.has(at)) return [];
  seen.add(at);
  const node = nodeIn(policy, flow, at);
  switch (node.kind) {
    case 'say':
    case 'language':
    case 'set':
      return reached(policy, flow, node.next, phoneOf, seen);
    case 'hours':
      return reached(policy, flow, node.open, phoneOf, seen);
    case 'branch':
    case 'menu':
      return reached(policy, flow, node.otherwise, phoneOf, seen);
    case 'collect':
      return reached(policy, flow, node.otherwise, phoneOf, seen);
    case 'identify':
      return reached(policy, flow, node.unknown, phoneOf, seen);
    case 'http':
      return reached(policy, flow, node.failed, phoneOf, seen);
    case 'survey':
    case 'voicemail':
    case 'box':
      return reached(policy, flow, node.next, phoneOf, seen);
    case 'callback':
      return reached(policy, flow, node.declined, phoneOf, seen);
    case 'transfer':
      return reached(policy, flow, node.noAnswer, phoneOf, seen);
    case 'ring-group':
      return node.extensions;
    case 'on-call':
      return (policy.rosters[node.roster]?.order ?? []).flatMap((each) =>
        'extension' in each ? [each.extension] : [],
      );
    case 'ring':
      return [node.extension];
    case 'queue':
      return (policy.queues[node.queue]?.members ?? []).flatMap(({ agent }) => phoneOf.get(agent) ?? []);
    case 'hangup':
      return [];
  }
};
