import type { AgentId, Extension, FlowId, NodeId, QueueId } from '../ids.ts';
import type { Language } from './language.ts';

/** Who answers, and why: one immutable document. A call keeps the version it entered with. */
export interface Policy {
  readonly version: number;
  /** Where "today" begins and ends for the figures of the day. IANA name, as `Europe/Paris`. */
  readonly timeZone: string;
  readonly numbers: readonly InboundNumber[];
  readonly flows: Readonly<Record<FlowId, Flow>>;
  readonly queues: Readonly<Record<QueueId, Queue>>;
  readonly calendars: Readonly<Record<string, Calendar>>;
}

/** A DID: the number rented, and the flow its callers meet. */
export interface InboundNumber {
  readonly number: string;
  readonly name: string;
  readonly language: Language;
  readonly flow: FlowId;
}

export interface Flow {
  readonly name: string;
  readonly start: NodeId;
  readonly nodes: Readonly<Record<NodeId, FlowNode>>;
}

/** A step of a flow. Sounds are Asterisk sound names without extension: `cordboard/welcome`. */
export type FlowNode =
  | { readonly kind: 'say'; readonly sounds: readonly string[]; readonly next: NodeId }
  | { readonly kind: 'language'; readonly language: Language; readonly next: NodeId }
  | { readonly kind: 'hours'; readonly calendar: string; readonly open: NodeId; readonly closed: NodeId }
  | MenuNode
  | { readonly kind: 'queue'; readonly queue: QueueId; readonly priority: number; readonly timeout?: NodeId }
  | { readonly kind: 'ring'; readonly extension: Extension; readonly forMs: number; readonly noAnswer: NodeId }
  | { readonly kind: 'hangup'; readonly cause?: 'normal' | 'busy' };

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

export interface Queue {
  readonly name: string;
  readonly members: readonly AgentId[];
  readonly strategy: 'longest-idle';
  /** How much sooner one point of priority is served: virtual arrival = entered − priority × boost. */
  readonly boostMs: number;
  /** How long an agent's phone rings before the next agent is tried. */
  readonly ringForMs: number;
  readonly wrapUpMs: number;
  /** After so many unanswered offers in a row the agent is paused. 0 never pauses. */
  readonly pauseAfterMissed: number;
  /** After so long in line the queue node's `timeout` edge is taken. 0 waits for ever. */
  readonly maxWaitMs: number;
  /** Name of a music class in Asterisk. */
  readonly music: string;
  readonly announce: {
    /** How often a caller's position is looked at; it is spoken only when it has improved. 0 is never. */
    readonly everyMs: number;
    readonly position: boolean;
    readonly wait: boolean;
  };
  /** Service level: the share `goal` (0 to 1) answered within `answerWithinMs`. */
  readonly target: { readonly answerWithinMs: number; readonly goal: number };
  /** An abandon sooner than this is short, and not counted against the service level. */
  readonly shortAbandonMs: number;
}

export interface Calendar {
  readonly timeZone: string;
  readonly open: readonly OpenPeriod[];
  /** Local dates, `2026-12-25`, on which nothing is open. */
  readonly holidays: readonly string[];
}

/** Local wall-clock times, `09:00` to `18:00`; `24:00` is the day's end. Days as ISO 8601: Monday 1 … Sunday 7. */
export interface OpenPeriod {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
}
