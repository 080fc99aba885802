import type { Contact } from '../agent/agent.ts';
import type { Customer } from '../customer.ts';
import type { Decision } from '../fact/decision.ts';
import type { AgentId, AskId, BridgeId, ChannelId, Extension, PlaybackId, QueueId, RecordingId } from '../ids.ts';
import type { PhoneTarget } from '../policy/roster.ts';
import type { Instant } from '../time.ts';

/** What happens to a call. Dated: the core has no clock. */
export type CallEvent = { readonly at: Instant } & (
  | { readonly type: 'LegRinging'; readonly leg: ChannelId }
  | { readonly type: 'LegAnswered'; readonly leg: ChannelId }
  | { readonly type: 'LegEnded'; readonly leg: ChannelId; readonly cause: LegEnd }
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
      readonly decision: Decision;
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
  | { readonly type: 'Parked'; readonly slot: number }
  /** Somebody has dialled the place: their channel is there already. */
  | { readonly type: 'FetchedBy'; readonly leg: ChannelId; readonly by: Extension; readonly agent?: AgentId }
  /** Somebody else is to join those who talk. */
  | { readonly type: 'ThirdWanted'; readonly target: PhoneTarget; readonly agent?: AgentId }
  /** A supervisor has moved the caller up or down. */
  | { readonly type: 'PriorityChanged'; readonly priority: number; readonly by: string }
  /** A supervisor has put the caller into another queue. */
  | { readonly type: 'QueueChanged'; readonly queue: QueueId; readonly by: string }
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
