import type { Contact } from '../agent/agent.ts';
import type { Customer } from '../customer.ts';
import type { WrittenDecision } from '../fact/decision.ts';
import type {
  AgentId,
  AskId,
  BridgeId,
  CallId,
  ChannelId,
  Extension,
  OutsideNumber,
  PlaybackId,
  QueueId,
  RecordingId,
} from '../ids.ts';
import type { PhoneTarget } from '../policy/roster.ts';
import type { Instant } from '../time.ts';
import type { TransferKind, TransferTarget } from './transfer.ts';

/** What happens to a call. Dated: the core has no clock. */
export type CallEvent = { readonly at: Instant } & (
  | { readonly type: 'LegRinging'; readonly leg: ChannelId }
  | { readonly type: 'LegAnswered'; readonly leg: ChannelId }
  | {
      readonly type: 'LegEnded';
      readonly leg: ChannelId;
      readonly cause: LegEnd;
      /** The SIP status of the refusal, where there was one. */
      readonly status?: number;
    }
  /** Asterisk has ended by itself, and all that it had with it: nobody has hung up. */
  | { readonly type: 'LostWithAsterisk' }
  /** Whether the other side has said anything to the INVITE yet, be it that it tries. */
  | { readonly type: 'TrunkHeard'; readonly leg: ChannelId; readonly heard: boolean }
  | { readonly type: 'DigitPressed'; readonly leg: ChannelId; readonly digit: string }
  | { readonly type: 'PlaybackEnded'; readonly playback: PlaybackId }
  | {
      readonly type: 'CallerIdentified';
      readonly customer: Customer | null;
      /** When this number called before, newest first; absent when it is not known. */
      readonly lastCalls?: readonly Instant[];
      readonly tookMs: number;
    }
  /** The customer directory has failed. */
  | { readonly type: 'LookUpFailed' }
  | { readonly type: 'HttpAnswered'; readonly ask: AskId; readonly answer: HttpAnswer; readonly tookMs: number }
  | { readonly type: 'BoxOpened'; readonly ask: AskId; readonly answer: BoxAnswer }
  /** Over, and stored under its name. */
  | { readonly type: 'RecordingEnded'; readonly recording: RecordingId; readonly durationMs: number }
  | {
      readonly type: 'AgentsReserved';
      /** More than one: their phones ring at once. */
      readonly agents: readonly {
        readonly agent: AgentId;
        readonly extension: Extension;
        /** Rung in place of the phone. */
        readonly contact?: Contact;
      }[];
      readonly decision: WrittenDecision;
      readonly ringForMs: number;
    }
  /** Somebody at another phone takes the call that rings: their channel is there already. */
  | {
      readonly type: 'PickedUp';
      readonly leg: ChannelId;
      readonly by: Extension;
      readonly agent?: AgentId;
      /** The phone that rings. */
      readonly extension: Extension;
    }
  /** Whoever talks with the caller puts them into a numbered place. */
  | {
      readonly type: 'Parked';
      readonly slot: number;
      /** The phone that asked for it by its own transfer key, and waits for an answer there; absent: a page has asked. */
      readonly leg?: ChannelId;
    }
  /** Somebody has dialled the place: their channel is there already. */
  | { readonly type: 'FetchedBy'; readonly leg: ChannelId; readonly by: Extension; readonly agent?: AgentId }
  /** Somebody else is to join those who talk. */
  | { readonly type: 'ThirdWanted'; readonly target: PhoneTarget; readonly agent?: AgentId }
  /** A supervisor has moved the caller up or down. */
  | { readonly type: 'PriorityChanged'; readonly priority: number; readonly by: string }
  /** A supervisor has put the caller into another queue. */
  | { readonly type: 'QueueChanged'; readonly queue: QueueId; readonly by: string }
  /** Whoever talks on this leg wants the call to go to somebody else. */
  | {
      readonly type: 'TransferAsked';
      readonly leg: ChannelId;
      readonly kind: TransferKind;
      readonly target: TransferTarget;
      /** Who is at the target's phone. */
      readonly agent?: AgentId;
      /** A phone waits for an answer; a page has it already. */
      readonly from: 'phone' | 'page';
    }
  /** The two who consult are to go on: one with the caller, or both as before. */
  | { readonly type: 'TransferCompletionAsked' }
  | { readonly type: 'TransferCancellationAsked' }
  /** A phone has joined two of its calls: its place in this one is taken by the other call's party. */
  | {
      readonly type: 'PartyReplaced';
      readonly leg: ChannelId;
      /** The phone's other leg, and the bridge of that conversation: both are needed no more. */
      readonly otherLeg: ChannelId;
      readonly otherBridge: BridgeId;
      /** The one of the two that the phone has asked by, and waits for an answer on. */
      readonly notified: ChannelId;
      readonly party: {
        readonly leg: ChannelId;
        readonly extension: Extension | OutsideNumber;
        readonly agent?: AgentId;
        /** Over which they are reached, when that is outside. */
        readonly trunk?: string;
      };
    }
  /** This call's parties go on in another call. */
  | { readonly type: 'MergedInto'; readonly call: CallId }
  /** A phone's hold key: Asterisk plays the music to the other by itself. */
  | { readonly type: 'LegHeld'; readonly leg: ChannelId }
  | { readonly type: 'LegResumed'; readonly leg: ChannelId }
  | { readonly type: 'HoldAsked'; readonly on: boolean }
  /** The policy has been published anew, and those who wait are to go by it. */
  | { readonly type: 'PolicyMoved'; readonly version: number }
  /** The customer has rung meanwhile: the attempt to call them back is ended. */
  | { readonly type: 'CallbackWithdrawn' }
  /** The caller need not wait any more for what is not there. */
  | { readonly type: 'LineClosed'; readonly exit: 'nobody' | 'paused' | 'closing' }
  /** A deadline that the call's own state names has passed. */
  | { readonly type: 'DeadlinePassed' }
  /** A request to Asterisk could not be carried out. */
  | {
      readonly type: 'CommandFailed';
      readonly command: string;
      readonly leg?: ChannelId;
      readonly playback?: PlaybackId;
      readonly bridge?: BridgeId;
      readonly recording?: RecordingId;
    }
);

/** How a leg ended, in our words. `lost` is a leg that was no longer there when we looked again. */
export type LegEnd = 'hung-up' | 'busy' | 'no-answer' | 'refused' | 'unreachable' | 'failed' | 'lost';

/** What another system answered: JSON, or why there is none. */
export type HttpAnswer =
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly because: string };

/** What comes of asking for a box's messages with a PIN. */
export type BoxAnswer =
  | { readonly is: 'open'; readonly messages: readonly BoxMessage[] }
  | { readonly is: 'wrong-pin' }
  /** Too many wrong ones: none is right for a while. */
  | { readonly is: 'locked' }
  /** None has been set: nobody may listen by phone. */
  | { readonly is: 'no-pin' }
  | { readonly is: 'unavailable' };

/** A message that waits in a box. */
export interface BoxMessage {
  readonly id: RecordingId;
  readonly leftAt: Instant;
  readonly heard: boolean;
}
