import type { Extension, NodeId, OutsideNumber, QueueId } from '../ids.ts';
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
  | CollectNode
  | IdentifyNode
  | HttpNode
  | QueueNode
  | { readonly kind: 'ring'; readonly extension: Extension; readonly forMs: number; readonly noAnswer: NodeId }
  /** All of them ring at once; the first to answer has the call, the others are told that it was answered elsewhere. */
  | {
      readonly kind: 'ring-group';
      readonly extensions: readonly Extension[];
      readonly forMs: number;
      readonly noAnswer: NodeId;
    }
  /** Those on call, one after another, each for as long as the roster says. */
  | { readonly kind: 'on-call'; readonly roster: string; readonly noAnswer: NodeId }
  | TransferNode
  | VoicemailNode
  | BoxNode
  | SurveyNode
  | CallbackNode
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

/** Digits that the caller keys in. */
export interface CollectNode {
  readonly kind: 'collect';
  /** The attribute that holds what was keyed in. */
  readonly attribute: string;
  readonly sounds: readonly string[];
  readonly min: number;
  /** So many are enough: nothing more is waited for. */
  readonly max: number;
  /** The key that says "that is all"; empty for none. */
  readonly terminator: '#' | '*' | '';
  /** How long to wait for the first key after the prompt has ended. */
  readonly waitMs: number;
  /** How long to wait for the next one. */
  readonly betweenMs: number;
  readonly tries: number;
  /** "You entered …": said around the digits; `1` agrees, any other key begins again. Absent: not asked. */
  readonly confirm?: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** Never spoken, told or written: it goes to an `http` node's system and nowhere else. */
  readonly secret: boolean;
  readonly invalidSounds: readonly string[];
  readonly noInputSounds: readonly string[];
  readonly next: NodeId;
  readonly otherwise: NodeId;
}

/** Waits for the customer directory, and no longer than `waitMs`. */
export interface IdentifyNode {
  readonly kind: 'identify';
  readonly waitMs: number;
  readonly known: NodeId;
  readonly unknown: NodeId;
  /** The directory has not answered in time, or has failed. */
  readonly slow: NodeId;
}

/** Asks another system. `{name}` in the address, the query and the body stands for a fact, as in a branch. */
export interface HttpNode {
  readonly kind: 'http';
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as a JSON object; POST only. */
  readonly body: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Attribute → where it stands in the JSON answered, as RFC 6901: `/order/status`. */
  readonly map: Readonly<Record<string, string>>;
  readonly next: NodeId;
  /** No answer, not a 2xx, not JSON, or something is not where it should be. */
  readonly failed: NodeId;
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
  /** Where the caller goes when the agent has hung up first: a survey. Absent: the call ends. */
  readonly afterwards?: NodeId;
}

/** The ways out of a queue that are no key. */
export const queueExits = ['full', 'nobody', 'paused', 'tooLong', 'timeout', 'closing'] as const;
export type QueueExit = (typeof queueExits)[number];

/** Out over a trunk, to somebody whom this house does not know. */
export interface TransferNode {
  readonly kind: 'transfer';
  readonly number: OutsideNumber;
  readonly trunk: string;
  readonly forMs: number;
  /** Attributes that go along in the SIP header `X-Cordboard-Context`, beside the call's id and queue. */
  readonly attributes: readonly string[];
  readonly noAnswer: NodeId;
}

/** A greeting, a beep, and what the caller says. */
export interface VoicemailNode {
  readonly kind: 'voicemail';
  readonly box: string;
  readonly sounds: readonly string[];
  readonly maxMs: number;
  /** So much silence ends the message. */
  readonly silenceMs: number;
  readonly next: NodeId;
}

/** Who knows the box's PIN hears its messages. Of the house's own flows alone: a policy cannot open a box to the world. */
export interface BoxNode {
  readonly kind: 'box';
  readonly box: string;
  readonly next: NodeId;
}

/** One key, 1 to 5. */
export interface SurveyNode {
  readonly kind: 'survey';
  readonly question: string;
  readonly sounds: readonly string[];
  readonly waitMs: number;
  readonly tries: number;
  readonly invalidSounds: readonly string[];
  readonly next: NodeId;
}

/**
 * Offers to be called back in place of waiting: 1 agrees, anything else declines. The number shown is said: 1 agrees to
 * it, 2 asks for another, which is keyed in and ended by #.
 */
export interface CallbackNode {
  readonly kind: 'callback';
  readonly queue: QueueId;
  readonly priority: number;
  readonly sounds: readonly string[];
  /** Said before the number that will be called, and after it. */
  readonly confirm: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** Said to ask for another number. */
  readonly numberSounds: readonly string[];
  readonly waitMs: number;
  readonly tries: number;
  readonly accepted: NodeId;
  readonly declined: NodeId;
}
