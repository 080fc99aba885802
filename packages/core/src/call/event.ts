import type { Customer } from '../customer.ts';
import type { Decision } from '../fact/fact.ts';
import type { AgentId, BridgeId, ChannelId, Extension, PlaybackId } from '../ids.ts';
import type { Instant } from '../time.ts';

/** What happens to a call. Dated: the core has no clock. */
export type CallEvent = { readonly at: Instant } & (
  | { readonly type: 'LegRinging'; readonly leg: ChannelId }
  | { readonly type: 'LegAnswered'; readonly leg: ChannelId }
  | { readonly type: 'LegEnded'; readonly leg: ChannelId; readonly cause: LegEnd }
  | { readonly type: 'DigitPressed'; readonly leg: ChannelId; readonly digit: string }
  | { readonly type: 'PlaybackEnded'; readonly playback: PlaybackId }
  | { readonly type: 'CallerIdentified'; readonly customer: Customer | null; readonly tookMs: number }
  | {
      readonly type: 'AgentReserved';
      readonly agent: AgentId;
      readonly extension: Extension;
      readonly decision: Decision;
      readonly ringForMs: number;
    }
  /** A deadline that the call's own state names has passed. */
  | { readonly type: 'DeadlinePassed' }
  /** A request to Asterisk could not be carried out. */
  | {
      readonly type: 'CommandFailed';
      readonly command: string;
      readonly leg?: ChannelId;
      readonly playback?: PlaybackId;
      readonly bridge?: BridgeId;
    }
);

/** How a leg ended, in our words. `lost` is a leg that was no longer there when we looked again. */
export type LegEnd = 'hung-up' | 'busy' | 'no-answer' | 'refused' | 'unreachable' | 'failed' | 'lost';
