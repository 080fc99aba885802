import type { ChannelId, Extension, Instant, LegEnd, PlaybackId, RecordingId } from '@cordboard/core';
import type { LiveChannel } from './telephony.ts';

/** What the exchange tells us, already in our words. `packages/ari` is the last code that knows the word "Stasis". */
export type TelephonyEvent =
  /** A caller's channel has been handed to us. Its `role` is `caller`. */
  | {
      readonly type: 'CallerEntered';
      readonly at: Instant;
      readonly channel: LiveChannel;
      /** How long the news of it took, in ms, where that is known. */
      readonly lateMs?: number;
    }
  | { readonly type: 'LegRinging'; readonly at: Instant; readonly leg: ChannelId }
  | { readonly type: 'LegAnswered'; readonly at: Instant; readonly leg: ChannelId }
  /** Over: on StasisEnd or ChannelDestroyed, whichever came first; said once per leg. */
  | {
      readonly type: 'LegEnded';
      readonly at: Instant;
      readonly leg: ChannelId;
      readonly cause: LegEnd;
      /** The SIP status of the refusal, where there was one. */
      readonly status?: number;
    }
  | { readonly type: 'DigitPressed'; readonly at: Instant; readonly leg: ChannelId; readonly digit: string }
  /** A phone's hold key; the other party hears music by itself. */
  | { readonly type: 'LegHeld'; readonly at: Instant; readonly leg: ChannelId }
  | { readonly type: 'LegResumed'; readonly at: Instant; readonly leg: ChannelId }
  /** A phone's transfer key: to a number, or to whom it talks with by another of its legs. It waits for an answer. */
  | {
      readonly type: 'PhoneTransferred';
      readonly at: Instant;
      readonly leg: ChannelId;
      readonly to: { readonly dialled: string } | { readonly leg: ChannelId };
    }
  /** Over, and stored; nothing more is written. */
  | {
      readonly type: 'RecordingEnded';
      readonly at: Instant;
      readonly recording: RecordingId;
      readonly durationMs: number;
    }
  | { readonly type: 'PlaybackEnded'; readonly at: Instant; readonly playback: PlaybackId }
  | {
      readonly type: 'PhoneReachable';
      readonly at: Instant;
      readonly extension: Extension;
      readonly reachable: boolean;
    }
  /** Whether a carrier answers when it is asked whether it is there, and in what time. */
  | {
      readonly type: 'TrunkReachable';
      readonly at: Instant;
      readonly trunk: string;
      readonly reachable: boolean;
      readonly roundTripMs?: number;
    }
  /** Connected, or connected again: whatever happened meanwhile was not heard. Take a snapshot. */
  | { readonly type: 'Connected'; readonly at: Instant; readonly version: string }
  /** The exchange is being stopped: from now on whatever ends is ended by it, not by anybody. The connection goes last. */
  | { readonly type: 'ShuttingDown'; readonly at: Instant }
  | { readonly type: 'Disconnected'; readonly at: Instant; readonly because: string }
  /** Another process has taken this application's name: stop acting at once. */
  | { readonly type: 'Replaced'; readonly at: Instant };
