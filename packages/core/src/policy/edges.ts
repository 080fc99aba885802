import type { NodeId } from '../ids.ts';
import { type FlowNode, queueExits } from './flow.ts';

/** A way out of a node: its name, and where it leads. */
export type Edge = readonly [name: string, to: NodeId];

/** Every edge of a node, with its name. */
export const edgesOf = (node: FlowNode): readonly Edge[] => {
  switch (node.kind) {
    case 'say':
    case 'language':
    case 'set':
    case 'voicemail':
    case 'box':
    case 'survey':
      return [['next', node.next]];
    case 'hours':
      return [
        ['open', node.open],
        ['closed', node.closed],
      ];
    case 'branch':
      return [...node.cases.map(({ to }, index) => [`cases.${index}.to`, to] as const), ['otherwise', node.otherwise]];
    case 'menu':
      return [
        ...Object.entries(node.choices).map(([key, to]) => [`choices.${key}`, to] as const),
        ['otherwise', node.otherwise],
      ];
    case 'collect':
      return [
        ['next', node.next],
        ['otherwise', node.otherwise],
      ];
    case 'identify':
      return [
        ['known', node.known],
        ['unknown', node.unknown],
        ['slow', node.slow],
      ];
    case 'http':
      return [
        ['next', node.next],
        ['failed', node.failed],
      ];
    case 'queue':
      return [
        ...queueExits.flatMap((exit): readonly Edge[] => (node[exit] === undefined ? [] : [[exit, node[exit]]])),
        ...Object.entries(node.keys ?? {}).map(([key, to]) => [`keys.${key}`, to] as const),
        ...(node.afterwards === undefined ? [] : [['afterwards', node.afterwards] as const]),
      ];
    case 'ring':
    case 'ring-group':
    case 'on-call':
    case 'transfer':
      return [['noAnswer', node.noAnswer]];
    case 'callback':
      return [
        ['accepted', node.accepted],
        ['declined', node.declined],
      ];
    case 'hangup':
      return [];
  }
};

/** Edges that may be taken at once, before any time has passed: a circle of only these would turn for ever. */
export const instantEdgesOf = (node: FlowNode): readonly Edge[] => {
  switch (node.kind) {
    case 'language':
    case 'set':
    case 'hours':
    case 'branch':
      return edgesOf(node);
    case 'identify':
      return edgesOf(node).filter(([name]) => name !== 'slow');
    // Whoever is to be rung is on another call; the line is full.
    case 'ring':
    case 'ring-group':
    case 'on-call':
      return edgesOf(node);
    case 'queue':
      return edgesOf(node).filter(([name]) => atEntry.has(name));
    case 'say':
    case 'menu':
    case 'collect':
    case 'http':
    case 'transfer':
    case 'voicemail':
    case 'box':
    case 'survey':
    case 'callback':
    case 'hangup':
      return [];
  }
};

const atEntry: ReadonlySet<string> = new Set(['full', 'nobody', 'paused', 'tooLong']);

/** Edges that a call may take whose caller does nothing at all. A queue is an end: there somebody answers. */
export const silentEdgesOf = (node: FlowNode): readonly Edge[] => {
  switch (node.kind) {
    case 'menu':
    case 'collect':
      return edgesOf(node).filter(([name]) => name === 'otherwise');
    case 'callback':
      return edgesOf(node).filter(([name]) => name === 'declined');
    case 'queue':
      return [];
    default:
      return edgesOf(node);
  }
};
