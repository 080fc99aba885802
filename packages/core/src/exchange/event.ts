import type { Strain } from '../admission/strain.ts';
import type { Contact, Placement } from '../agent/agent.ts';
import type { CallEvent } from '../call/event.ts';
import type { TransferDestination, TransferKind } from '../call/transfer.ts';
import type { AgentId, CallId, ChannelId, Extension, QueueId, TicketId } from '../ids.ts';
import type { Language } from '../policy/language.ts';
import type { Policy } from '../policy/policy.ts';
import type { PhoneTarget } from '../policy/roster.ts';
import type { ReadNumber } from '../routing/outbound.ts';
import type { Instant } from '../time.ts';
import type { TrunkReport } from '../trunk/trunk.ts';
import type { DirectoryPhone } from './desk.ts';

/** All that can happen to the exchange as a whole. */
export type ExchangeEvent =
  | { readonly type: 'CallArrived'; readonly at: Instant; readonly arrival: Arrival }
  | { readonly type: 'CallHappened'; readonly call: CallId; readonly event: CallEvent }
  | {
      readonly type: 'AgentAsked';
      readonly at: Instant;
      readonly agent: AgentId;
      readonly request: AgentRequest;
      readonly because: string;
    }
  /** A supervisor moves a waiting caller. */
  | {
      readonly type: 'CallerAsked';
      readonly at: Instant;
      readonly call: CallId;
      readonly request: CallerRequest;
      readonly by: string;
    }
  /** Whoever talks in a call parks it, or asks a third to join. */
  | { readonly type: 'TalkAsked'; readonly at: Instant; readonly call: CallId; readonly request: TalkRequest }
  /** Whoever talks wants the call to go to somebody else, by a page. */
  | {
      readonly type: 'TransferAsked';
      readonly at: Instant;
      readonly call: CallId;
      readonly request: TransferRequest;
      /** The number that it is to go to, read; absent when it is none. */
      readonly read?: ReadNumber;
      /** Who asks, when it is one of the agents; null: somebody who leads them. */
      readonly agent: AgentId | null;
    }
  /** The same by a phone's own key: to a number, or to the party of another of the phone's calls. */
  | {
      readonly type: 'PhoneTransferred';
      readonly at: Instant;
      readonly leg: ChannelId;
      readonly to: { readonly dialled: string } | { readonly leg: ChannelId };
      /** What was dialled, read as a telephone number; absent when it is none. */
      readonly read?: ReadNumber;
    }
  /** The caller is to wait with music, or no longer; by a page. */
  | { readonly type: 'HoldAsked'; readonly at: Instant; readonly call: CallId; readonly on: boolean }
  /** A supervisor puts an agent into a queue, or takes one out; null: as the policy says again. */
  | {
      readonly type: 'MemberAsked';
      readonly at: Instant;
      readonly queue: QueueId;
      readonly agent: AgentId;
      readonly placement: Placement | null;
      readonly by: string;
    }
  /** A page asks that a phone of the house call somebody: the phone rings first. */
  | {
      readonly type: 'CallAsked';
      readonly at: Instant;
      /** The request's own, so that asking twice places one call. */
      readonly request: string;
      readonly extension: Extension;
      readonly dialled: string;
      /** Absent: it is no telephone number. */
      readonly read?: ReadNumber;
      /** Absent: the agent's. */
      readonly language?: Language;
    }
  /** Something has been heard of a trunk. */
  | { readonly type: 'TrunkReported'; readonly at: Instant; readonly trunk: string; readonly report: TrunkReport }
  /** How strained the house is: measured every second or so. */
  | { readonly type: 'StrainReported'; readonly at: Instant; readonly strain: Strain }
  | { readonly type: 'TicketDeadlinePassed'; readonly at: Instant; readonly ticket: TicketId }
  /** A supervisor withdraws the promise to call somebody back. */
  | { readonly type: 'TicketWithdrawn'; readonly at: Instant; readonly ticket: TicketId; readonly by: string }
  | { readonly type: 'AgentDeadlinePassed'; readonly at: Instant; readonly agent: AgentId }
  | {
      readonly type: 'PhoneReachable';
      readonly at: Instant;
      readonly extension: Extension;
      readonly reachable: boolean;
    }
  | {
      readonly type: 'SwitchTurned';
      readonly at: Instant;
      readonly switch: string;
      readonly on: boolean;
      readonly by: string;
    }
  | { readonly type: 'DirectoryChanged'; readonly at: Instant; readonly directory: Directory }
  | {
      readonly type: 'PolicyPublished';
      readonly at: Instant;
      readonly policy: Policy;
      /** Those who wait go by it too, from now on; all others keep the version they came in with. */
      readonly moveWaiting?: boolean;
    };

/** What may be asked about the transfer of a call. */
export type TransferRequest =
  | { readonly is: 'begin'; readonly kind: TransferKind; readonly to: TransferDestination }
  | { readonly is: 'complete' }
  | { readonly is: 'cancel' };

export interface Arrival {
  readonly channel: ChannelId;
  readonly from: 'trunk' | 'phone';
  /** The trunk's name, or the calling phone's extension. */
  readonly source: string;
  readonly ani: string;
  readonly aniName: string;
  readonly dnis: string;
  /** What a phone has dialled, read as a telephone number; absent when it is none. */
  readonly read?: ReadNumber;
  /** The call had been answered when it was first seen: another process had it, and what that knew is lost. */
  readonly answered?: true;
  /** How long the news of it took, in ms; absent where that is not known, or it was found there. */
  readonly lateMs?: number;
  /** When the channel began, if it was found there later than that. */
  readonly since?: Instant;
}

/** What a person may ask of an agent's state: the agent, at the phone or the page, or a supervisor. */
export type AgentRequest =
  | { readonly to: 'sign-in' }
  | { readonly to: 'sign-out' }
  | { readonly to: 'pause'; readonly reason: string }
  | { readonly to: 'be-ready' }
  /** Says what the last conversation was about, by one of the queue's codes, and is done with it. */
  | { readonly to: 'wrapped-up'; readonly code: string };

/** What a supervisor may ask for somebody who waits: another place in this line, or another line. */
export type CallerRequest =
  | { readonly to: 'priority'; readonly priority: number }
  | { readonly to: 'queue'; readonly queue: QueueId };

/** What may be asked of a call in which two talk. */
export type TalkRequest = { readonly to: 'park' } | { readonly to: 'add'; readonly target: PhoneTarget };

/** Who there is: the people and the phones, as the administrator entered them. */
export interface Directory {
  readonly agents: readonly {
    readonly id: AgentId;
    readonly name: string;
    readonly extension: Extension;
    /** Where they work, in a house with several sites. */
    readonly site?: string;
    readonly contact?: Contact;
  }[];
  readonly phones: readonly DirectoryPhone[];
}
