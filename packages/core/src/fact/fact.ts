import type { AgentView } from '../agent/agent.ts';
import type { Attributes } from '../call/state.ts';
import type { CallView } from '../call/view.ts';
import type { Customer } from '../customer.ts';
import type { AgentId, CallId, Extension, FlowId, NodeId, QueueId } from '../ids.ts';
import type { Language } from '../policy/language.ts';
import type { Instant } from '../time.ts';

/** What happened, in the past tense, dated and numbered. The ordered record from which every figure is made. */
export type Fact = CallFact | AgentFact | ExchangeFact;

/** A fact of one call; `n` counts from 1 within the call, so a reader sees a gap. */
export type CallFact = { readonly call: CallId; readonly n: number; readonly at: Instant } & CallHappening;

export type CallHappening =
  | {
      readonly type: 'CallArrived';
      readonly from: 'trunk' | 'phone';
      /** The trunk's name, or the extension of the calling phone. */
      readonly source: string;
      readonly ani: string;
      readonly aniName: string;
      readonly dnis: string;
      readonly language: Language;
      readonly policyVersion: number;
      /** What the number dialled gives every call. */
      readonly attributes?: Attributes;
    }
  | { readonly type: 'AttributesSet'; readonly node: NodeId; readonly attributes: Attributes }
  | { readonly type: 'CallerIdentified'; readonly customer: Customer | null; readonly tookMs: number }
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
    }
  | { readonly type: 'PositionAnnounced'; readonly position: number; readonly waitMinutes: number | null }
  | {
      readonly type: 'AgentOffered';
      readonly queue: QueueId;
      readonly agent: AgentId;
      readonly extension: Extension;
      readonly attempt: number;
      readonly waitedMs: number;
      readonly decision: Decision;
      readonly customer: Customer | null;
    }
  | { readonly type: 'PhoneRang'; readonly extension: Extension; readonly agent: AgentId | null }
  | {
      readonly type: 'OfferEnded';
      readonly agent: AgentId;
      readonly outcome: OfferOutcome;
    }
  | {
      readonly type: 'ExtensionRung';
      readonly extension: Extension;
      readonly agent: AgentId | null;
      readonly customer: Customer | null;
    }
  | { readonly type: 'ExtensionUnanswered'; readonly extension: Extension; readonly outcome: OfferOutcome }
  | {
      readonly type: 'CallAnswered';
      readonly agent: AgentId | null;
      readonly extension: Extension;
      readonly queue: QueueId | null;
      /** Queue entry to answer, ringing included; from arrival where no queue was crossed. */
      readonly waitedMs: number;
    }
  | { readonly type: 'QueueLeft'; readonly queue: QueueId; readonly outcome: QueueOutcome; readonly waitedMs: number }
  | {
      readonly type: 'CallEnded';
      readonly disposition: Disposition;
      readonly endedBy: 'caller' | 'agent' | 'system';
      readonly talkedMs: number;
      readonly view: CallView;
    };

/** An agent's state after a change. */
export type AgentFact = {
  readonly type: 'AgentChanged';
  readonly at: Instant;
  readonly agent: AgentView;
  readonly because: string;
};

export type ExchangeFact =
  /** Call control began, or found itself again: all that is live, so that every reader starts from truth. */
  | {
      readonly type: 'ExchangeRecovered';
      readonly at: Instant;
      readonly calls: readonly CallView[];
      readonly agents: readonly AgentView[];
    }
  | {
      readonly type: 'PolicyTaken';
      readonly at: Instant;
      readonly version: number;
      readonly queues: readonly QueueOutline[];
      readonly timeZone: string;
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
export type QueueOutcome = 'answered' | 'abandoned' | 'overflowed';
/** How the call ended for the business. */
export type Disposition = 'answered' | 'abandoned' | 'overflowed' | 'rejected' | 'completed-in-flow' | 'lost';

/** Why an agent was chosen: every candidate, and what spoke for or against each. */
export interface Decision {
  readonly policyVersion: number;
  readonly strategy: string;
  /** The rule that decided, in words. */
  readonly rule: string;
  readonly candidates: readonly Candidate[];
}

export interface Candidate {
  readonly agent: AgentId;
  readonly name: string;
  readonly chosen: boolean;
  readonly reason: string;
  readonly idleMs: number | null;
}
