import type { Contact } from '../agent/agent.ts';
import type { Customer } from '../customer.ts';
import type { WrittenDecision } from '../fact/decision.ts';
import type { Disposition } from '../fact/disposition.ts';
import type {
  AgentId,
  AskId,
  BridgeId,
  CallId,
  ChannelId,
  Extension,
  FlowId,
  NodeId,
  OutsideNumber,
  PlaybackId,
  QueueId,
  RecordingId,
  TicketId,
} from '../ids.ts';
import type { Language } from '../policy/language.ts';
import type { Levels } from '../policy/queue.ts';
import type { OnCall } from '../policy/roster.ts';
import type { OutboundPlan } from '../routing/outbound.ts';
import type { Secret } from '../secret.ts';
import type { Instant } from '../time.ts';
import type { Attributes } from './attributes.ts';
import type { Transferring } from './transfer.ts';
import type { Tried } from './tried.ts';

/**
 * One customer's contact, from the first INVITE to the last BYE.
 *
 *     in-flow ──► queued ◄──► offered ──► talking ──► ended
 *        │ ▲         │           │           │          ▲
 *        │ └─────────┘ timeout   │           │          │
 *        ├──► ringing ───────────┼──► talking│          │
 *        └──────┴────────────────┴───────────┴──────────┘  the caller hangs up
 *     calling-back ──► talking, or offered: a promise is kept
 *     talking ──► parked ──► talking, or ringing: fetched, or rung back
 *     talking ◄──► consulting: the caller waits while two speak of the call, and one of them goes on with it
 *     dialling ──► talking, or telling: a call goes out
 *
 * A fact exists only in the phases where it is true: only an offered call has an offer.
 */
export type CallState =
  | Phase<'in-flow', InFlow>
  | Phase<'queued', Waiting>
  | Phase<'offered', Waiting & { readonly offer: Offer }>
  | Phase<'ringing', Ringing>
  | Phase<'calling-back', CallingBack>
  | Phase<'dialling', Dialling>
  | Phase<'telling', Telling>
  | Phase<'talking', Talking>
  | Phase<'parked', Parked>
  | Phase<'consulting', Consulting>
  | Phase<'ended', Ended>;

export type PhaseName = CallState['phase'];
export type In<Name extends PhaseName> = Extract<CallState, { phase: Name }>;

type Phase<Name extends string, Content> = { readonly phase: Name } & Common & Content;

/** From outside, to outside, or between the house's own phones. */
export type Direction = 'in' | 'out' | 'internal';

/** What is true of a call in every phase. */
export interface Common {
  readonly id: CallId;
  readonly caller: ChannelId;
  readonly from: 'trunk' | 'phone';
  readonly direction: Direction;
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
  /** Turned away at the admission limit: the call is none of those that the limit counts. */
  readonly beyondLimit?: true;
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
  /** The line that the caller stood in last, or was not let into, and where: a callback keeps that place. */
  readonly lastPlace?: LastPlace;
  /** Who talked with the caller, and for how long, where the call went on afterwards. */
  readonly talked?: { readonly agent: AgentId | null; readonly ms: number };
  /** How often a phone has sent the call on. */
  readonly forwards?: number;
  /** The call has been given away and nobody has taken it yet. */
  readonly transfer?: Transferring;
  /** Since when the call has been in this phase. */
  readonly phaseSince: Instant;
  /** Counts the ids made for this call: legs, bridges, playbacks. */
  readonly made: number;
  /** Counts the facts told of this call. */
  readonly told: number;
}

export interface LastPlace {
  readonly queue: QueueId;
  readonly queuedAt: Instant;
  readonly virtualArrival: Instant;
  readonly priority: number;
  readonly requires: Levels;
}

export interface InFlow {
  readonly flow: FlowId;
  readonly node: NodeId;
  readonly doing: NodeProgress;
}

/** How far a node has come. */
export type NodeProgress =
  | { readonly is: 'saying'; readonly playback: PlaybackId; readonly next: NodeId }
  | ({ readonly is: 'in-menu' } & Asking)
  | ({
      readonly is: 'collecting';
      /** Keyed in so far; null: it was secret, and a restart has forgotten it. */
      readonly digits: string | Secret | null;
      readonly confirming: boolean;
    } & Asking)
  | ({ readonly is: 'surveying' } & Asking)
  | ({ readonly is: 'offering-callback'; readonly stage: CallbackStage; readonly number: string } & Asking)
  /** The customer directory is waited for. */
  | { readonly is: 'identifying'; readonly until: Instant }
  /** Another system is waited for. */
  | { readonly is: 'asking'; readonly ask: AskId; readonly until: Instant }
  | { readonly is: 'greeting'; readonly playback: PlaybackId }
  /** Whoever wants to hear a box's messages says who they are. */
  | ({ readonly is: 'asking-pin'; readonly digits: Secret | null } & Asking)
  | { readonly is: 'opening-box'; readonly ask: AskId; readonly until: Instant; readonly tries: number }
  | ({
      readonly is: 'listening';
      readonly message: RecordingId;
      /** Those that come after it. */
      readonly others: readonly RecordingId[];
      readonly isHeard: boolean;
    } & Asking)
  | { readonly is: 'recording'; readonly recording: RecordingId; readonly since: Instant; readonly until: Instant };

/** A prompt, and then a key. */
export interface Asking {
  /** Playing the prompt; undefined once it has ended and the wait runs. */
  readonly playback?: PlaybackId;
  readonly until?: Instant;
  /** How often it has been asked in vain. */
  readonly tries: number;
}

/** Whether to be called back at all; at another number; at the number just said. */
export type CallbackStage = 'offer' | 'number' | 'confirm';

export interface Waiting {
  readonly flow: FlowId;
  readonly node: NodeId;
  readonly queue: QueueId;
  /** When the caller entered this queue: the wait already served, whatever is tried meanwhile. */
  readonly queuedAt: Instant;
  readonly priority: number;
  /** entered − priority × boost: the key of the line. Fixed at entry; changed by a supervisor, or by knowing who calls, alone. */
  readonly virtualArrival: Instant;
  readonly offers: number;
  /** What an agent must be able to do for this caller, as it stands now. */
  readonly requires: Levels;
  /** Steps of relaxation taken, and when the next one is due. */
  readonly relaxed: number;
  readonly relaxAt?: Instant;
  /** The customer's own agent alone, until then. */
  readonly only?: AgentId;
  readonly everybodyAt?: Instant;
  /** How often this caller has been offered to whom. */
  readonly tried: Readonly<Record<AgentId, number>>;
  /** How long the wait was expected to be, at entry: what became of it calibrates the next. */
  readonly expectedMs?: number;
  readonly treatment: Hearing;
  readonly announcing?: PlaybackId;
  readonly announceAt?: Instant;
  /** The position last spoken; only a better one is spoken again. */
  readonly toldPosition?: number;
  readonly toldMinutes?: number;
  /** When the queue node's `timeout` edge is taken. */
  readonly leaveAt?: Instant;
  /** When the queue's calendar closes. */
  readonly closesAt?: Instant;
}

/** What a waiting caller hears, chosen at entry. */
export interface Hearing {
  readonly music: string;
  readonly messages: { readonly everyMs: number; readonly sounds: readonly string[] };
  /** When the next message is said, and how many have been. */
  readonly messageAt?: Instant;
  readonly said: number;
}

/** One agent's phone rings, or several at once: the first to answer gets the call. */
export interface Offer {
  /** Those that ring still; never empty. */
  readonly legs: readonly OfferedLeg[];
  /** How many were rung. */
  readonly together: number;
  /** One for whoever answers. */
  readonly bridge: BridgeId;
  readonly until: Instant;
}

export interface OfferedLeg {
  readonly agent: AgentId;
  readonly extension: Extension;
  readonly leg: ChannelId;
  readonly ringing: boolean;
  /** The number outside that is rung in place of the phone. */
  readonly contact?: Contact;
  /** They have answered there, and hear that they are to press 1. */
  readonly accepting?: PlaybackId;
}

/** Phones ring, without a queue: one, several at once, or one after another. */
export interface Ringing {
  readonly flow: FlowId;
  readonly node: NodeId;
  /** Those that ring now; never empty. */
  readonly legs: readonly RingingLeg[];
  /** One for whoever answers. */
  readonly bridge: BridgeId;
  readonly until: Instant;
  /** Who is tried when these have not answered, in order. */
  readonly others: readonly OnCall[];
  readonly noAnswer: NodeId;
  /** This very phone is wanted: where it sends its calls is where this one goes. */
  readonly direct?: true;
  /** The one that was rung, when it was one alone. */
  readonly extension?: Extension | OutsideNumber;
  readonly agent?: AgentId;
}

export interface RingingLeg extends Tried {
  readonly agent?: AgentId;
}

/** A promised callback is being kept: the agent's phone rings, or the customer's. */
export interface CallingBack {
  readonly ticket: TicketId;
  readonly queue: QueueId;
  readonly queuedAt: Instant;
  readonly virtualArrival: Instant;
  readonly priority: number;
  readonly requires: Levels;
  readonly order: 'agent-first' | 'customer-first';
  /** Whose phone rings. */
  readonly stage: 'agent' | 'customer';
  /** The trunk over which the customer is rung. */
  readonly over?: string;
  readonly reserved: {
    readonly agent: AgentId;
    readonly extension: Extension;
    readonly decision: WrittenDecision;
    readonly ringForMs: number;
    readonly contact?: Contact;
  };
  /** The agent's. */
  readonly leg: ChannelId;
  readonly bridge: BridgeId;
  /** Outside lines not tried yet. */
  readonly trunks: readonly string[];
  readonly until: Instant;
}

/** A call goes out: whose phone rings, and by which ways it may go yet. */
export interface Dialling {
  readonly plan: OutboundPlan;
  readonly doing: DiallingProgress;
  readonly bridge: BridgeId;
  /** Not tried yet. */
  readonly trunks: readonly string[];
  readonly until: Instant;
}

export type DiallingProgress =
  /** That of the agent who asked for the call at a page. */
  | { readonly is: 'own-phone'; readonly extension: Extension }
  | {
      readonly is: 'ringing';
      readonly leg: ChannelId;
      readonly trunk: string;
      /** When to ask whether the trunk has said anything at all; absent once that is known. */
      readonly askAt?: Instant;
    };

/** Why a call comes to nothing is said to the phone that dialled. */
export interface Telling {
  readonly playback: PlaybackId;
  /** What the call will have come to. */
  readonly disposition: Disposition;
  readonly until: Instant;
}

export interface Talking {
  readonly leg: ChannelId;
  readonly bridge: BridgeId;
  readonly extension: Extension | OutsideNumber;
  readonly agent?: AgentId;
  readonly queue?: QueueId;
  readonly queuedAt?: Instant;
  /** Over which the other is reached, when that is outside. */
  readonly trunk?: string;
  readonly wrapUpMs: number;
  /** Somebody who joins the two, or has. */
  readonly third?: Third;
  /** One of the two waits with music until the other comes back. */
  readonly held?: Held;
  /** Where the caller goes when the other has hung up first. */
  readonly afterwards?: { readonly flow: FlowId; readonly node: NodeId };
}

export interface Third extends Tried {
  readonly agent?: AgentId;
  /** In the bridge; until then the phone rings. */
  readonly joined: boolean;
  readonly until: Instant;
}

/** The caller hears music in a numbered place, and anybody may fetch them by dialling it. */
export interface Parked {
  readonly slot: number;
  /** The phone that parked the call, and rings when nobody fetches it. */
  readonly by: Extension;
  /** That phone hears the number of the place, and is let go afterwards. */
  readonly telling?: {
    readonly leg: ChannelId;
    readonly playback: PlaybackId;
    /** It has transferred the call here, and is told that it is done when it has heard the place. */
    readonly transferred?: true;
    /** However what it is told ends, or does not. */
    readonly until: Instant;
  };
  readonly until: Instant;
}

export interface Held {
  readonly by: 'caller' | 'agent';
  /** By a key of the phone, whose music Asterisk starts and ends by itself; or by a page. */
  readonly from: 'phone' | 'page';
  readonly since: Instant;
}

/** Who talks with the caller asks somebody else first. The caller hears music meanwhile. */
export interface Consulting extends Talking {
  readonly consult: Consultation;
}

export interface Consultation extends Tried {
  /** The two talk here, apart from the caller. */
  readonly bridge: BridgeId;
  readonly agent?: AgentId;
  readonly since: Instant;
  readonly answered: boolean;
  /** How long the phone rings at most. */
  readonly until: Instant;
}

export interface Ended {
  readonly disposition: Disposition;
}
