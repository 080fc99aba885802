import type { AskId, BridgeId, CallId, ChannelId, Extension, OutsideNumber, PlaybackId, RecordingId } from '../ids.ts';
import type { Language } from '../policy/language.ts';
import type { Secret } from '../secret.ts';
import type { Prompt } from './prompt.ts';

/** What a call asks of the exchange. Imperative; executed in the order given, call by call. */
export type Command =
  | { readonly type: 'Answer'; readonly channel: ChannelId }
  | { readonly type: 'IndicateRinging'; readonly channel: ChannelId }
  | { readonly type: 'StopRinging'; readonly channel: ChannelId }
  /** Tells a phone what has become of the transfer that it asked for. */
  | { readonly type: 'NotifyTransfer'; readonly channel: ChannelId; readonly outcome: 'accepted' | 'refused' }
  | {
      readonly type: 'Play';
      readonly channel: ChannelId;
      readonly playback: PlaybackId;
      readonly prompts: readonly Prompt[];
      readonly language: Language;
    }
  | { readonly type: 'StopPlaying'; readonly playback: PlaybackId }
  | { readonly type: 'StartMusic'; readonly channel: ChannelId; readonly music: string }
  | {
      readonly type: 'RingPhone';
      readonly leg: ChannelId;
      readonly extension: Extension;
      readonly callerNumber: string;
      readonly callerName: string;
      /** The caller's channel, whose codecs the new leg should match. */
      readonly originator?: ChannelId;
      /** The name of a ringtone in the phone. */
      readonly ringtone?: string;
      /** The phone is asked to answer by itself. */
      readonly autoAnswer?: true;
      /** Made while the phone rings, so that it is there at the moment of answer. */
      readonly bridge: BridgeId;
    }
  /** Both legs into the bridge, the caller's music ended, in one write. */
  | {
      readonly type: 'Connect';
      readonly bridge: BridgeId;
      readonly caller: ChannelId;
      readonly leg: ChannelId;
      readonly music: boolean;
    }
  /** One more into a bridge in which others talk. */
  | { readonly type: 'Join'; readonly bridge: BridgeId; readonly leg: ChannelId }
  /** Out of the bridge, and nothing else: the channel waits for what comes. */
  | { readonly type: 'Part'; readonly bridge: BridgeId; readonly channel: ChannelId }
  | { readonly type: 'DestroyBridge'; readonly bridge: BridgeId }
  | { readonly type: 'HangUp'; readonly channel: ChannelId; readonly cause: HangUpCause }
  /** Rings a number over a trunk; what goes along in SIP headers is for the other house to read. */
  | {
      readonly type: 'RingOutside';
      readonly leg: ChannelId;
      readonly number: OutsideNumber;
      readonly trunk: string;
      readonly callerNumber: string;
      readonly callerName: string;
      readonly originator?: ChannelId;
      readonly bridge: BridgeId;
      readonly headers: Readonly<Record<string, string>>;
    }
  /** A beep, then what is said is kept under this name until silence, `#`, or the longest time. */
  | {
      readonly type: 'Record';
      readonly channel: ChannelId;
      readonly recording: RecordingId;
      readonly maxMs: number;
      readonly silenceMs: number;
    }
  /** Whether a trunk has said anything at all to an INVITE; the answer comes back as `TrunkHeard`. */
  | { readonly type: 'AskWhetherHeard'; readonly leg: ChannelId }
  | { readonly type: 'StopRecording'; readonly recording: RecordingId }
  /** Asks for a box's messages; the answer comes back as `BoxOpened`. */
  | { readonly type: 'OpenBox'; readonly ask: AskId; readonly box: string; readonly pin: Secret }
  | { readonly type: 'HearMessage'; readonly message: RecordingId }
  | { readonly type: 'DeleteMessage'; readonly message: RecordingId }
  /** Asks another system; the answer comes back as `HttpAnswered`. May hold what is secret: never to be written down. */
  | ({ readonly type: 'AskHttp' } & HttpQuestion)
  /** Ask the customer directory; the answer comes back as `CallerIdentified`, whenever it comes. */
  | { readonly type: 'IdentifyCaller'; readonly ani: string };

export interface HttpQuestion {
  readonly ask: AskId;
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
}

/** Why we end a leg, in our words; `packages/ari` knows the Q.850 numbers. */
export type HangUpCause = 'normal' | 'busy' | 'no-answer' | 'answered-elsewhere' | 'unallocated' | 'congestion';

export interface CallCommand {
  readonly call: CallId;
  readonly command: Command;
}
