import type { Customer } from '../customer.ts';
import type { Disposition } from '../fact/fact.ts';
import type { AgentId, BridgeId, CallId, ChannelId, Extension, FlowId, NodeId, PlaybackId, QueueId } from '../ids.ts';
import type { Language } from '../policy/language.ts';
import type { Secret } from '../secret.ts';
import type { Instant } from '../time.ts';

/**
 * One customer's contact, from the first INVITE to the last BYE.
 *
 *     in-flow ──► queued ◄──► offered ──► talking ──► ended
 *        │ ▲         │           │           │          ▲
 *        │ └─────────┘ timeout   │           │          │
 *        ├──► ringing ───────────┼──► talking│          │
 *        └──────┴────────────────┴───────────┴──────────┘  the caller hangs up
 *
 * A fact exists only in the phases where it is true: only an offered call has an offer.
 */
export type CallState =
  | Phase<'in-flow', InFlow>
  | Phase<'queued', Waiting>
  | Phase<'offered', Waiting & { readonly offer: Offer }>
  | Phase<'ringing', Ringing>
  | Phase<'talking', Talking>
  | Phase<'ended', Ended>;

export type PhaseName = CallState['phase'];
export type In<Name extends PhaseName> = Extract<CallState, { phase: Name }>;

type Phase<Name extends string, Content> = { readonly phase: Name } & Common & Content;

/** What is true of a call in every phase. */
export interface Common {
  readonly id: CallId;
  readonly caller: ChannelId;
  readonly from: 'trunk' | 'phone';
  readonly source: string;
  readonly ani: string;
  readonly aniName: string;
  readonly dnis: string;
  readonly language: Language;
  readonly arrivedAt: Instant;
  readonly policyVersion: number;
  readonly answered: boolean;
  /** Music has been started on the caller's channel and not been ended since. */
  readonly music: boolean;
  /** The agent whose desk phone places this call. */
  readonly callerAgent?: AgentId;
  /** A feature code dialled at a desk phone, not a contact: nothing is told of it. */
  readonly service: boolean;
  /** undefined: not looked up yet; null: a stranger. */
  readonly customer?: Customer | null;
  /** When this number called before, newest first; undefined: not looked up yet. */
  readonly lastCalls?: readonly Instant[];
  /** What is known of the call by name. What is secret stands here as a mask. */
  readonly attributes: Attributes;
  /** In memory alone; after a restart they are not known any more. */
  readonly secrets?: Readonly<Record<string, Secret | null>>;
  /** Since when the call has been in this phase. */
  readonly phaseSince: Instant;
  /** Counts the ids made for this call: legs, bridges, playbacks. */
  readonly made: number;
  /** Counts the facts told of this call. */
  readonly told: number;
}

export type Attributes = Readonly<Record<string, string>>;

export interface InFlow {
  readonly flow: FlowId;
  readonly node: NodeId;
  readonly doing: NodeProgress;
}

/** How far a node has come. */
export type NodeProgress =
  | { readonly is: 'saying'; readonly playback: PlaybackId; readonly next: NodeId }
  | {
      readonly is: 'in-menu';
      /** Playing the prompt; undefined once it has ended and the wait runs. */
      readonly playback?: PlaybackId;
      readonly until?: Instant;
      readonly tries: number;
    };

export interface Waiting {
  readonly flow: FlowId;
  readonly node: NodeId;
  readonly queue: QueueId;
  /** When the caller entered this queue: the wait already served, whatever is tried meanwhile. */
  readonly queuedAt: Instant;
  readonly priority: number;
  /** entered − priority × boost: the key of the line. Fixed at entry. */
  readonly virtualArrival: Instant;
  readonly offers: number;
  readonly announcing?: PlaybackId;
  readonly announceAt?: Instant;
  /** The position last spoken; only a better one is spoken again. */
  readonly toldPosition?: number;
  readonly toldMinutes?: number;
  /** When the queue node's `timeout` edge is taken. */
  readonly leaveAt?: Instant;
}

export interface Offer {
  readonly agent: AgentId;
  readonly extension: Extension;
  readonly leg: ChannelId;
  readonly bridge: BridgeId;
  readonly until: Instant;
  readonly ringing: boolean;
}

/** One extension rings, without a queue. */
export interface Ringing {
  readonly flow: FlowId;
  readonly node: NodeId;
  readonly extension: Extension;
  readonly agent?: AgentId;
  readonly leg: ChannelId;
  readonly bridge: BridgeId;
  readonly until: Instant;
  readonly noAnswer: NodeId;
}

export interface Talking {
  readonly leg: ChannelId;
  readonly bridge: BridgeId;
  readonly extension: Extension;
  readonly agent?: AgentId;
  readonly queue?: QueueId;
  readonly queuedAt?: Instant;
  readonly wrapUpMs: number;
}

export interface Ended {
  readonly disposition: Disposition;
}
