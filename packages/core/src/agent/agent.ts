import type { AgentId, CallId, Extension, OutsideNumber, QueueId } from '../ids.ts';
import type { Instant } from '../time.ts';

/**
 * Two things are true of an agent at once, so two fields say them: what they chose (presence), and what they are in the
 * middle of (engaged). An agent who pauses while talking goes on talking, and is paused afterwards.
 *
 *     signed-out ──► ready ◄──► paused            engaged: offered ──► talking ──► (released)
 *         ▲            │  ▲        ▲                                        │
 *         └────────────┘  └── wrap-up ◄─────────────────────────────────────┘
 */
export interface Agent {
  readonly id: AgentId;
  readonly name: string;
  /** The phone that rings for them. */
  readonly extension: Extension;
  /** The same, when it is not the one that the directory gives them: signed in from there, until they sign out. */
  readonly seat?: Extension;
  /** Where they work, in a house with several sites. */
  readonly site?: string;
  readonly presence: Presence;
  readonly engaged?: Engagement;
  /** Since when the shown state holds. */
  readonly since: Instant;
  /** Since when the agent has had nothing to do: the key of longest-idle. */
  readonly idleSince: Instant;
  /** Offers left unanswered in a row. */
  readonly missed: number;
  /** Whether the phone is registered: a veto, never the truth. */
  readonly reachable: boolean;
  /** Where the agent works, when it is not at the desk phone: rung over a trunk, and asked to accept. */
  readonly contact?: Contact;
  /** The phone has been told so. */
  readonly doNotDisturb?: boolean;
  /** An offer failed at once; not tried again before this moment. */
  readonly retryAt?: Instant;
  /** Calls answered since signing in, by queue: the key of fewest-calls. */
  readonly taken?: Readonly<Record<QueueId, number>>;
  /** When the last call was offered, by queue: the key of round-robin. */
  readonly offeredAt?: Readonly<Record<QueueId, Instant>>;
  /** Where a supervisor has put the agent for now, whatever the policy says; ends when the agent signs out. */
  readonly moved?: Readonly<Record<QueueId, Placement>>;
  /** What the conversation was about is still to be said. */
  readonly codeWanted?: CodeWanted;
}

/** A queue names codes for what a conversation was about, and may demand one: then no other call is offered without it. */
export interface CodeWanted {
  readonly call: CallId;
  readonly queue: QueueId;
  readonly codes: readonly string[];
  readonly required: boolean;
}

/** A number outside, and the id of the trunk that it is rung over. */
export interface Contact {
  readonly number: OutsideNumber;
  readonly trunk: string;
}

/** In a queue with this penalty, or out of it. */
export type Placement = { readonly in: true; readonly penalty: number } | { readonly in: false };

export type Presence =
  | { readonly is: 'signed-out' }
  | { readonly is: 'ready' }
  | { readonly is: 'paused'; readonly reason: string }
  /** After-call work; `next` is what follows when it ends. */
  | {
      readonly is: 'wrap-up';
      readonly until: Instant;
      readonly next: 'ready' | 'paused' | 'signed-out';
      readonly reason?: string;
    };

export interface Engagement {
  readonly call: CallId;
  readonly as: 'offered' | 'talking' | 'dialling';
  readonly queue?: QueueId;
}

/** The one word that a board shows for an agent. */
export type AgentStateName = 'signed-out' | 'ready' | 'offered' | 'talking' | 'wrap-up' | 'paused';

/** An agent as everyone outside sees them. */
export interface AgentView {
  readonly id: AgentId;
  readonly name: string;
  readonly extension: Extension;
  /** Where they work, when that is entered. */
  readonly site?: string;
  readonly state: AgentStateName;
  readonly reason: string | null;
  readonly since: Instant;
  /** When wrap-up ends by itself; null too while a code is demanded, as it does not end without one. */
  readonly until: Instant | null;
  readonly call: CallId | null;
  readonly queue: QueueId | null;
  readonly reachable: boolean;
  /** What the last conversation was about may be said, or has to be. */
  readonly codeWanted?: CodeWanted;
}
