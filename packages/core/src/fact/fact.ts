import type { AdmissionLimit } from '../admission/strain.ts';
import type { AgentView, Placement } from '../agent/agent.ts';
import type { Attributes } from '../call/attributes.ts';
import type { Direction } from '../call/state.ts';
import type { TransferDestination, TransferEnd, TransferKind } from '../call/transfer.ts';
import type { CallView } from '../call/view.ts';
import type { AttemptOutcome, Ticket, TicketOutcome } from '../callback/ticket.ts';
import type { Customer } from '../customer.ts';
import type { Desk, ForwardOccasion } from '../exchange/desk.ts';
import type { AgentRequest } from '../exchange/event.ts';
import type { SwitchState } from '../exchange/switch.ts';
import type {
  AgentId,
  CallId,
  Extension,
  FlowId,
  NodeId,
  OutsideNumber,
  QueueId,
  RecordingId,
  TicketId,
} from '../ids.ts';
import type { TreatmentName } from '../policy/admission.ts';
import type { QueueExit } from '../policy/flow.ts';
import type { Language } from '../policy/language.ts';
import type { CallClass } from '../policy/outbound.ts';
import type { Levels } from '../policy/queue.ts';
import type { OutboundRefusal } from '../routing/outbound.ts';
import type { Instant } from '../time.ts';
import type { TrunkState } from '../trunk/trunk.ts';
import type { WrittenDecision } from './decision.ts';
import type { Disposition } from './disposition.ts';
import type { Drift } from './drift.ts';

/** What happened, in the past tense, dated and numbered. The ordered record from which every figure is made. */
export type Fact = CallFact | AgentFact | ExchangeFact;

/** A fact of one call; `n` counts from 1 within the call, so a reader sees a gap. */
export type CallFact = { readonly call: CallId; readonly n: number; readonly at: Instant } & CallHappening;

export type CallHappening =
  | {
      readonly type: 'CallArrived';
      readonly from: 'trunk' | 'phone';
      /** Absent: in. */
      readonly direction?: Direction;
      /** Whose phone places the call, when it goes out. */
      readonly agent?: AgentId;
      /** The trunk's name, or the extension of the calling phone. */
      readonly source: string;
      readonly ani: string;
      readonly aniName: string;
      readonly dnis: string;
      readonly language: Language;
      readonly policyVersion: number;
      /** What the number dialled gives every call. */
      readonly attributes?: Attributes;
      /** When the call came, if nobody was in control then. */
      readonly since?: Instant;
    }
  /** Call control was away: the dialplan rang these phones by itself. Told with the rest of such a call when it is over. */
  | { readonly type: 'CallTakenAlone'; readonly extensions: readonly Extension[] }
  /** There was no place for the call: what the caller meets instead, and why. */
  | { readonly type: 'CallTurnedAway'; readonly treatment: TreatmentName; readonly because: string }
  | { readonly type: 'AttributesSet'; readonly node: NodeId; readonly attributes: Attributes }
  | {
      readonly type: 'CallerIdentified';
      readonly customer: Customer | null;
      /** When this number called before, newest first. */
      readonly lastCalls?: readonly Instant[];
      readonly tookMs: number;
    }
  /** Another system answered, or did not; what it said is in the attributes set. */
  | {
      readonly type: 'HttpAnswered';
      readonly node: NodeId;
      readonly ok: boolean;
      readonly because: string;
      readonly tookMs: number;
    }
  | {
      readonly type: 'VoicemailLeft';
      readonly box: string;
      /** The name under which it is stored. */
      readonly recording: RecordingId;
      readonly durationMs: number;
    }
  | {
      readonly type: 'SurveyAnswered';
      readonly question: string;
      readonly score: number;
      readonly agent: AgentId | null;
    }
  /** The caller wishes to be called back, and keeps this place in line. */
  | {
      readonly type: 'CallbackRequested';
      readonly queue: QueueId;
      readonly number: string;
      readonly priority: number;
      readonly queuedAt: Instant;
      readonly virtualArrival: Instant;
    }
  | {
      readonly type: 'FlowStepped';
      readonly flow: FlowId;
      readonly node: NodeId;
      readonly kind: string;
      /** Why this node was reached: `start`, `pressed 2`, `no key pressed`, `closed` … */
      readonly because: string;
    }
  | { readonly type: 'LanguageChosen'; readonly language: Language }
  | { readonly type: 'DigitPressed'; readonly node: NodeId; readonly accepted: boolean }
  | {
      readonly type: 'CallQueued';
      readonly queue: QueueId;
      readonly priority: number;
      readonly virtualArrival: Instant;
      readonly position: number;
      /** Since when the wait counts, where it began before: in another queue, or with a ticket. */
      readonly queuedAt?: Instant;
      /** What an agent must be able to do. */
      readonly requires?: Levels;
      /** Why it came here otherwise than by the flow. */
      readonly because?: string;
      /** The customer's own agent, who is asked first. */
      readonly only?: AgentId;
      /** How long the wait is expected to be; absent while nothing is known. */
      readonly expected?: WaitInterval;
    }
  /** The caller has taken the place in line that a promised callback kept. */
  | { readonly type: 'CallbackReclaimed'; readonly ticket: TicketId }
  /** The customer's phone is rung, to keep the promise. */
  | { readonly type: 'CustomerRung'; readonly number: string; readonly trunk: string }
  /** An attempt has reached nobody. `withdrawn`: the customer has rung meanwhile. */
  | {
      readonly type: 'CallbackMissed';
      readonly ticket: TicketId;
      readonly because: AttemptOutcome | 'withdrawn';
    }
  /** A waiting caller goes by another version of the policy from now on. */
  | { readonly type: 'PolicyMoved'; readonly policyVersion: number }
  /** The queue did not let the caller in. */
  | { readonly type: 'QueueRefused'; readonly queue: QueueId; readonly exit: QueueWayOut; readonly because: string }
  | {
      readonly type: 'PlaceChanged';
      readonly queue: QueueId;
      readonly priority: number;
      readonly virtualArrival: Instant;
      readonly position: number;
      readonly because: string;
    }
  | { readonly type: 'RequirementsRelaxed'; readonly queue: QueueId; readonly requires: Levels; readonly step: number }
  /** The customer's own agent was not to be had in time. */
  | { readonly type: 'OwnerPassed'; readonly queue: QueueId; readonly agent: AgentId }
  | { readonly type: 'PositionAnnounced'; readonly position: number; readonly waitMinutes: number | null }
  | { readonly type: 'MessageSaid'; readonly queue: QueueId; readonly sound: string }
  | {
      readonly type: 'AgentOffered';
      readonly queue: QueueId;
      readonly agent: AgentId;
      readonly extension: Extension;
      readonly attempt: number;
      readonly waitedMs: number;
      readonly decision: WrittenDecision;
      readonly customer: Customer | null;
      /** How many phones are rung at once. */
      readonly together?: number;
    }
  | { readonly type: 'PhoneRang'; readonly extension: Extension | OutsideNumber; readonly agent: AgentId | null }
  | {
      readonly type: 'OfferEnded';
      readonly agent: AgentId;
      readonly outcome: OfferOutcome;
      /** How many phones ring on. */
      readonly left?: number;
    }
  | {
      readonly type: 'ExtensionRung';
      readonly extension: Extension;
      readonly agent: AgentId | null;
      readonly customer: Customer | null;
      /** How many phones are rung at once. */
      readonly together?: number;
    }
  /** `left`: how many still ring. */
  | {
      readonly type: 'ExtensionUnanswered';
      readonly extension: Extension;
      readonly outcome: OfferOutcome;
      readonly left?: number;
    }
  /** The phone that was wanted sends the call on. */
  | {
      readonly type: 'CallForwarded';
      readonly extension: Extension;
      readonly to: string;
      readonly occasion: ForwardOccasion;
    }
  /** The caller waits in a numbered place; the phone that put them there rings when nobody fetches them. */
  | { readonly type: 'CallParked'; readonly slot: number; readonly by: Extension; readonly agent: AgentId | null }
  | {
      readonly type: 'ParkingEnded';
      readonly slot: number;
      readonly outcome: 'fetched' | 'too-long' | 'caller-left';
    }
  /** Somebody is rung who is to join those who talk. */
  | { readonly type: 'PartyRung'; readonly party: Extension | OutsideNumber }
  | { readonly type: 'PartyJoined'; readonly party: Extension | OutsideNumber; readonly agent: AgentId | null }
  /** One of three has gone, or has not come: who talks with the caller now. */
  | {
      readonly type: 'PartyLeft';
      readonly party: Extension | OutsideNumber;
      readonly agent: AgentId | null;
      readonly extension: Extension | OutsideNumber;
    }
  /** Another phone has taken the call that rang at this one. */
  | {
      readonly type: 'CallPickedUp';
      readonly extension: Extension;
      readonly by: Extension;
      readonly agent: AgentId | null;
    }
  /** An agent at a number outside has answered, and is asked to press 1. */
  | { readonly type: 'ConfirmationAsked'; readonly agent: AgentId; readonly number: OutsideNumber }
  | { readonly type: 'NumberRung'; readonly number: OutsideNumber; readonly trunk: string }
  | {
      readonly type: 'NumberUnanswered';
      readonly number: OutsideNumber;
      readonly outcome: OfferOutcome;
      readonly trunk?: string;
      /** What the trunk said: `answered 503`. */
      readonly because?: string;
    }
  /** By which rule a call goes out, and as whom. */
  | {
      readonly type: 'OutboundRouted';
      readonly number: OutsideNumber;
      readonly class: CallClass | 'emergency';
      readonly route: string;
      readonly callerId: string;
      readonly because: string;
    }
  | { readonly type: 'OutboundRefused'; readonly because: OutboundRefusal }
  /** A trunk that was not tried, or not in its turn. */
  | { readonly type: 'TrunkPassed'; readonly trunk: string; readonly because: string }
  | {
      readonly type: 'CallAnswered';
      readonly agent: AgentId | null;
      /** The phone that answered. */
      readonly extension: Extension | OutsideNumber;
      readonly queue: QueueId | null;
      /** Queue entry to answer, ringing included; from arrival where no queue was crossed. */
      readonly waitedMs: number;
    }
  /** The other party waits with music, until `CallResumed`. */
  | { readonly type: 'CallHeld'; readonly by: 'caller' | 'agent' }
  | { readonly type: 'CallResumed'; readonly by: 'caller' | 'agent' }
  /** Whoever was talking gives the call away; `by` null: no agent sits at that phone. */
  | {
      readonly type: 'TransferRequested';
      readonly kind: TransferKind;
      readonly by: AgentId | null;
      readonly from: Extension | OutsideNumber;
      readonly to: TransferDestination;
    }
  /** The phone of the one to be consulted is rung; the caller waits. */
  | {
      readonly type: 'ConsultationRung';
      readonly extension: Extension | OutsideNumber;
      readonly agent: AgentId | null;
      readonly customer: Customer | null;
    }
  | {
      readonly type: 'ConsultationBegan';
      readonly extension: Extension | OutsideNumber;
      readonly agent: AgentId | null;
    }
  | {
      readonly type: 'TransferCompleted';
      readonly kind: TransferKind;
      readonly by: AgentId | null;
      readonly from: Extension | OutsideNumber;
      /** Who has the call now. */
      readonly agent: AgentId | null;
      readonly extension: Extension | OutsideNumber;
      readonly customer: Customer | null;
    }
  | {
      readonly type: 'TransferCancelled';
      readonly kind: TransferKind;
      readonly by: AgentId | null;
      readonly because: TransferEnd;
    }
  /** A call between two of the house has become part of another. */
  | { readonly type: 'CallMerged'; readonly into: CallId }
  /** The other has hung up, and the caller goes on. */
  | { readonly type: 'ConversationEnded'; readonly agent: AgentId | null; readonly talkedMs: number }
  | {
      readonly type: 'QueueLeft';
      readonly queue: QueueId;
      readonly outcome: QueueOutcome;
      readonly waitedMs: number;
      /** By which way, when it was neither an answer nor the caller hanging up. */
      readonly exit?: QueueWayOut;
      /** Whose answer ended the wait. */
      readonly answeredBy?: AgentId;
    }
  | {
      readonly type: 'CallEnded';
      readonly disposition: Disposition;
      readonly endedBy: 'caller' | 'agent' | 'system';
      readonly talkedMs: number;
      readonly view: CallView;
    };

/** Half of the callers wait no longer than `p50Ms`, nine of ten no longer than `p90Ms`. */
export interface WaitInterval {
  readonly p50Ms: number;
  readonly p90Ms: number;
}

/** An agent's state after a change. */
export type AgentFact = {
  readonly type: 'AgentChanged';
  readonly at: Instant;
  readonly agent: AgentView;
  readonly because: string;
  /** What a person has asked for: told even where it does not show yet, in the middle of a call. */
  readonly asked?: AgentRequest;
};

export type ExchangeFact =
  /** A desk phone is set otherwise: dialled there, or by an administrator. */
  | {
      readonly type: 'DeskChanged';
      readonly at: Instant;
      readonly extension: Extension;
      readonly desk: Desk;
      readonly by: 'phone' | 'directory';
    }
  /** By a person, at a page or a phone. */
  | {
      readonly type: 'SwitchTurned';
      readonly at: Instant;
      readonly switch: string;
      readonly on: boolean;
      readonly by: string;
    }
  /** Call control began, or found itself again: all that is live, so that every reader starts from truth. */
  | {
      readonly type: 'ExchangeRecovered';
      readonly switches?: readonly SwitchState[];
      readonly trunks?: readonly TrunkState[];
      /** Callers are being turned away. */
      readonly admission?: AdmissionLimit;
      readonly at: Instant;
      readonly calls: readonly CallView[];
      readonly agents: readonly AgentView[];
      readonly tickets?: readonly Ticket[];
    }
  /** A supervisor has put an agent into a queue, or taken one out of it; `placement` null: as the policy says again. */
  | {
      readonly type: 'MemberMoved';
      readonly at: Instant;
      readonly queue: QueueId;
      readonly agent: AgentId;
      readonly placement: Placement | null;
      /** Who is a member of the queue now. */
      readonly members: readonly AgentId[];
      readonly by: string;
    }
  /** An agent has said what a conversation was about. It is told after the call's own facts, which have come to their end. */
  | {
      readonly type: 'WrapUpCodeGiven';
      readonly at: Instant;
      readonly agent: AgentId;
      readonly ofCall: CallId;
      readonly queue: QueueId;
      readonly code: string;
    }
  /** A trunk's state after a change. */
  | { readonly type: 'TrunkChanged'; readonly at: Instant; readonly trunk: TrunkState }
  /** Call control was compared with Asterisk; what differed is put right. Of many differences the first ones are told. */
  | {
      readonly type: 'DriftHealed';
      readonly at: Instant;
      readonly afterOutage: boolean;
      readonly count: number;
      readonly drifts: readonly Drift[];
    }
  /** A promise to call back, as it stands now. */
  | { readonly type: 'TicketChanged'; readonly at: Instant; readonly ticket: Ticket }
  | {
      readonly type: 'TicketClosed';
      readonly at: Instant;
      readonly ticket: TicketId;
      readonly queue: QueueId;
      readonly outcome: TicketOutcome;
      /** Who withdrew it. */
      readonly by?: string;
    }
  /** For a supervisor to know at once. */
  | { readonly type: 'SupervisorAlerted'; readonly at: Instant; readonly alert: Alert }
  | {
      readonly type: 'PolicyTaken';
      readonly at: Instant;
      readonly version: number;
      readonly queues: readonly QueueOutline[];
      readonly timeZone: string;
    };

export type Alert =
  /** A customer of a segment that the queue names has come into line. */
  | { readonly is: 'segment-queued'; readonly queue: QueueId; readonly call: CallId; readonly segment: string }
  /** No call can go out by a trunk any more. */
  | { readonly is: 'trunk-down'; readonly trunk: string; readonly because: string }
  /** The admission limit is reached: callers are turned away from now on. */
  | { readonly is: 'admission-limited'; readonly because: string }
  /** No longer; so many have been. */
  | { readonly is: 'admission-open'; readonly turnedAway: number; readonly forMs: number }
  /** A caller has been sent elsewhere. */
  | { readonly is: 'overflow-taken'; readonly queue: QueueId; readonly call: CallId; readonly exit: QueueWayOut }
  /** Nobody of the queue is signed in, or all have paused. */
  | {
      readonly is: 'nobody-left';
      readonly queue: QueueId;
      readonly because: 'signed-out' | 'paused';
      readonly waiting: number;
    };

/** What a board needs to know of a queue's rules. */
export interface QueueOutline {
  readonly id: QueueId;
  readonly name: string;
  readonly answerWithinMs: number;
  readonly goal: number;
  readonly shortAbandonMs: number;
  readonly members: readonly AgentId[];
}

/** `lost`: the leg was gone when call control looked again. */
export type OfferOutcome =
  | 'accepted'
  | 'no-answer'
  | 'refused'
  | 'unreachable'
  | 'caller-left'
  | 'answered-elsewhere'
  | 'lost';
/** `key`: the caller pressed one; `moved`: a supervisor did it. */
export type QueueWayOut = QueueExit | 'key' | 'moved';
/**
 * `called-back`, `not-reached`: ends of a promised callback, whose caller has left the line once already. `lost`: with
 * Asterisk, by no fault of the caller's or the house's.
 */
export type QueueOutcome = 'answered' | 'abandoned' | 'overflowed' | 'called-back' | 'not-reached' | 'lost';
