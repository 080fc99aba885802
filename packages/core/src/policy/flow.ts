import type { Extension, NodeId, QueueId } from '../ids.ts';
import type { Condition } from './condition.ts';
import type { Language } from './language.ts';

export interface Flow {
  readonly name: string;
  readonly start: NodeId;
  readonly nodes: Readonly<Record<NodeId, FlowNode>>;
}

/** A step of a flow. Sounds are Asterisk sound names without extension: `cordboard/welcome`. */
export type FlowNode =
  | SayNode
  | { readonly kind: 'language'; readonly language: Language; readonly next: NodeId }
  | { readonly kind: 'hours'; readonly calendar: string; readonly open: NodeId; readonly closed: NodeId }
  | { readonly kind: 'set'; readonly attributes: Readonly<Record<string, string>>; readonly next: NodeId }
  | BranchNode
  | MenuNode
  | QueueNode
  | { readonly kind: 'ring'; readonly extension: Extension; readonly forMs: number; readonly noAnswer: NodeId }
  | { readonly kind: 'hangup'; readonly cause?: 'normal' | 'busy' };

export type NodeOf<Kind extends FlowNode['kind']> = Extract<FlowNode, { kind: Kind }>;

export interface SayNode {
  readonly kind: 'say';
  readonly sounds: readonly string[];
  /** What is said instead to some; the first that fits. */
  readonly variants?: readonly SaidTo[];
  readonly next: NodeId;
}

/** Said to those who speak this language, are of this segment, or both. */
export interface SaidTo {
  readonly language?: Language;
  readonly segment?: string;
  readonly sounds: readonly string[];
}

/** The first case that holds, in the order written. */
export interface BranchNode {
  readonly kind: 'branch';
  readonly cases: readonly { readonly name?: string; readonly when: Condition; readonly to: NodeId }[];
  readonly otherwise: NodeId;
}

export interface MenuNode {
  readonly kind: 'menu';
  readonly sounds: readonly string[];
  /** What each key leads to: `0`–`9`, `*`, `#`. */
  readonly choices: Readonly<Record<string, NodeId>>;
  /** How often the menu is offered before `otherwise` is taken. At least 1. */
  readonly tries: number;
  /** How long to wait for a key after the prompt has ended. */
  readonly waitMs: number;
  readonly invalidSounds: readonly string[];
  readonly noInputSounds: readonly string[];
  readonly otherwise: NodeId;
}

/**
 * A line, and where to go from it. A limit that the queue sets wants its edge here; without the limit the edge is never
 * taken.
 */
export interface QueueNode {
  readonly kind: 'queue';
  readonly queue: QueueId;
  readonly priority: number;
  /** Levels asked of an agent in place of the queue's own, skill by skill. */
  readonly requires?: Readonly<Record<string, number>>;
  /** The customer's own agent alone for so long, then everybody. */
  readonly ownerFirstMs?: number;
  /** At entry: as many wait as may. */
  readonly full?: NodeId;
  /** At entry, or while waiting: no member is signed in. */
  readonly nobody?: NodeId;
  /** At entry, or while waiting: every member who is signed in has paused. */
  readonly paused?: NodeId;
  /** At entry: the wait would be longer than the queue allows. */
  readonly tooLong?: NodeId;
  /** Has waited as long as the queue lets anyone wait. */
  readonly timeout?: NodeId;
  /** The queue's calendar has closed while the caller waited. */
  readonly closing?: NodeId;
  /** A key pressed while waiting. */
  readonly keys?: Readonly<Record<string, NodeId>>;
}

/** The ways out of a queue that are no key. */
export const queueExits = ['full', 'nobody', 'paused', 'tooLong', 'timeout', 'closing'] as const;
export type QueueExit = (typeof queueExits)[number];
