import type { Extension, FlowId, NodeId, OutsideNumber, QueueId } from '../ids.ts';
import type { Flow, FlowNode } from './flow.ts';

/** What a transferred call meets: the target; if nobody takes it, whoever gave it away; and then the line it came from. */
export interface TransferWay {
  readonly to:
    | { readonly extension: Extension }
    | { readonly queue: QueueId }
    | { readonly number: OutsideNumber; readonly trunk: string };
  readonly back?: Extension;
  readonly queue?: QueueId;
}

/** How long the target's phone rings, and then the phone of whoever gave the call away, in ms. */
const ringForMs = { target: 25_000, back: 20_000 } as const;

/** The flow is named after all that it holds, so that a restarted process finds the same. */
export const transferFlow = ({ to, back, queue }: TransferWay): FlowId => {
  const where =
    'extension' in to
      ? `extension ${to.extension}`
      : 'queue' in to
        ? `queue ${to.queue}`
        : `number ${to.number} ${to.trunk}`;
  return `transfer to ${where}, back ${back ?? '-'}, line ${queue ?? '-'}` as FlowId;
};

export const transferStart = 'target' as NodeId;

/** @returns undefined for a name that is not of {@link transferFlow}. */
export const readTransferFlow = (id: FlowId): Flow | undefined => {
  const found = named.exec(id)?.groups;
  if (found === undefined) return undefined;
  const { extension, queue, number, trunk, back = '-', line = '-' } = found;
  const afterwards = node(back !== '-' ? 'back' : line !== '-' ? 'line' : 'sorry');
  const nodes: Record<string, FlowNode> = {
    target: targetNode({ extension, queue, number, trunk }, afterwards),
    sorry: { kind: 'say', sounds: ['cordboard/sorry-nobody'], next: node('end') },
    end: { kind: 'hangup' },
  };
  if (back !== '-')
    nodes.back = {
      kind: 'ring',
      extension: back as Extension,
      forMs: ringForMs.back,
      noAnswer: node(line !== '-' ? 'line' : 'sorry'),
    };
  if (line !== '-') nodes.line = { kind: 'queue', queue: line as QueueId, priority: 0 };
  return { name: id, start: transferStart, nodes: nodes as Flow['nodes'] };
};

const named =
  /^transfer to (?:extension (?<extension>\d+)|queue (?<queue>[^\s,]+)|number (?<number>\+?\d+) (?<trunk>[^\s,]+)), back (?<back>-|\d+), line (?<line>[^\s,]+)$/;

const targetNode = (
  { extension, queue, number, trunk }: Readonly<Record<string, string | undefined>>,
  noAnswer: NodeId,
): FlowNode => {
  if (extension !== undefined)
    return { kind: 'ring', extension: extension as Extension, forMs: ringForMs.target, noAnswer };
  if (queue !== undefined)
    return {
      kind: 'queue',
      queue: queue as QueueId,
      priority: 0,
      nobody: noAnswer,
      paused: noAnswer,
      closing: noAnswer,
      full: noAnswer,
    };
  return {
    kind: 'transfer',
    number: number as OutsideNumber,
    trunk: trunk ?? '',
    forMs: ringForMs.target,
    attributes: [],
    noAnswer,
  };
};

const node = (name: string): NodeId => name as NodeId;
