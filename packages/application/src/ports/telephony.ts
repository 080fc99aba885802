import type {
  BridgeId,
  ChannelId,
  Extension,
  HangUpCause,
  Instant,
  Language,
  OutsideNumber,
  PlaybackId,
  Prompt,
  RecordingId,
} from '@cordboard/core';

/**
 * What call control needs of a telephone exchange, in call control's words. Every method resolves once Asterisk has
 * accepted the request. Methods called one after another for one call take effect in that order.
 *
 * @throws LegGone when the channel, bridge or playback is no longer there: ordinary in telephony, where everyone speaks at once.
 * @throws TelephonyUnavailable when Asterisk cannot be asked.
 */
export interface Telephony {
  answer(channel: ChannelId): Promise<void>;
  indicateRinging(channel: ChannelId): Promise<void>;
  stopRinging(channel: ChannelId): Promise<void>;
  /** Answers the phone that asked for a transfer: taken over by us, or not possible. */
  notifyTransfer(channel: ChannelId, outcome: 'accepted' | 'refused'): Promise<void>;
  play(channel: ChannelId, playback: PlaybackId, prompts: readonly Prompt[], language: Language): Promise<void>;
  stopPlaying(playback: PlaybackId): Promise<void>;
  /** @param music a class of Asterisk's; `none`: what plays ends */
  startMusic(channel: ChannelId, music: string): Promise<void>;
  /** Rings a desk phone; asking twice with one leg rings once. The bridge is made meanwhile. */
  ringPhone(request: RingRequest): Promise<void>;
  /** Rings a number over a trunk, with these SIP headers; as {@link ringPhone} in all else. */
  ringOutside(request: OutsideRingRequest): Promise<void>;
  /** A beep, then what is said is stored under this name, until silence, `#`, or the longest time. */
  record(request: RecordRequest): Promise<void>;
  /** Ends a recording; what has been said so far is kept. */
  stopRecording(recording: RecordingId): Promise<void>;
  /** Puts both legs into the bridge; `music`: the caller's music ends in the same write. */
  connect(bridge: BridgeId, legs: readonly ChannelId[], options: { readonly musicOf?: ChannelId }): Promise<void>;
  /** Out of the bridge; the channel stays. */
  part(bridge: BridgeId, channel: ChannelId): Promise<void>;
  destroyBridge(bridge: BridgeId): Promise<void>;
  /** Whether the other side has said anything to the INVITE by which this leg was asked for. */
  isHeardOf(leg: ChannelId): Promise<boolean>;
  hangUp(channel: ChannelId, cause: HangUpCause): Promise<void>;
  /** All that is there now. Events are hints, this is the truth. */
  snapshot(): Promise<TelephonySnapshot>;
}

export interface RingRequest extends Ring {
  readonly extension: Extension;
  /** The name of a ringtone in the phone. */
  readonly ringtone?: string;
  /** The phone is asked to answer by itself. */
  readonly autoAnswer?: true;
}

export interface OutsideRingRequest extends Ring {
  readonly number: OutsideNumber;
  /** The trunk's id. */
  readonly trunk: string;
  /** For the INVITE. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface RecordRequest {
  readonly channel: ChannelId;
  readonly recording: RecordingId;
  readonly maxMs: number;
  readonly silenceMs: number;
}

interface Ring {
  readonly leg: ChannelId;
  readonly callerNumber: string;
  readonly callerName: string;
  /** A channel whose codecs the new leg should match. */
  readonly originator?: ChannelId;
  readonly bridge: BridgeId;
}

export interface TelephonySnapshot {
  /** Channels that are in this application's hands. */
  readonly channels: readonly LiveChannel[];
  readonly bridges: readonly { readonly id: BridgeId; readonly channels: readonly ChannelId[] }[];
  readonly reachable: ReadonlyMap<Extension, boolean>;
  /** When this Asterisk was started: what it had before is lost. */
  readonly startedAt?: Instant;
}

export interface LiveChannel {
  readonly id: ChannelId;
  readonly state: 'down' | 'ringing' | 'up';
  /** Who this channel is, from the arguments it entered the application with; null when they say nothing we know. */
  readonly role: ChannelRole | null;
  readonly callerNumber: string;
  readonly callerName: string;
  /** When it began, by Asterisk's clock; absent where that is not told. */
  readonly createdAt?: Instant;
}

export type ChannelRole =
  | { readonly is: 'caller'; readonly from: 'trunk' | 'phone'; readonly source: string; readonly dnis: string }
  | { readonly is: 'leg' };

/** The leg, bridge or playback asked for has just gone. */
export class LegGone extends Error {
  override readonly name = 'LegGone';
}

/** Asterisk cannot be reached, or did not answer in time. */
export class TelephonyUnavailable extends Error {
  override readonly name = 'TelephonyUnavailable';
}
