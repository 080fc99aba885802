import {
  LegGone,
  type LiveChannel,
  type OutsideRingRequest,
  type RecordRequest,
  type RingRequest,
  type Telephony,
  type TelephonySnapshot,
} from '@cordboard/application';
import type { BridgeId, ChannelId, HangUpCause, PlaybackId, Prompt, RecordingId } from '@cordboard/core';

/** An exchange in memory: remembers what was asked of it, and has the channels that a test gives it. */
export class FakeTelephony implements Telephony {
  readonly asked: string[] = [];
  readonly channels = new Map<ChannelId, LiveChannel>();
  readonly bridges = new Map<BridgeId, readonly ChannelId[]>();
  /** Requests that fail with this error, once. */
  readonly failures = new Map<string, Error>();

  answer(channel: ChannelId): Promise<void> {
    return this.#ask(`answer ${channel}`, () => this.#need(channel));
  }
  indicateRinging(channel: ChannelId): Promise<void> {
    return this.#ask(`indicateRinging ${channel}`, () => this.#need(channel));
  }
  stopRinging(channel: ChannelId): Promise<void> {
    return this.#ask(`stopRinging ${channel}`, () => undefined);
  }
  notifyTransfer(channel: ChannelId, outcome: 'accepted' | 'refused'): Promise<void> {
    return this.#ask(`notifyTransfer ${channel} ${outcome}`, () => this.#need(channel));
  }
  part(bridge: BridgeId, channel: ChannelId): Promise<void> {
    return this.#ask(`part ${bridge} ${channel}`, () => {
      this.bridges.set(
        bridge,
        (this.bridges.get(bridge) ?? []).filter((one) => one !== channel),
      );
    });
  }
  play(channel: ChannelId, playback: PlaybackId, prompts: readonly Prompt[]): Promise<void> {
    return this.#ask(`play ${playback} ${JSON.stringify(prompts)}`, () => this.#need(channel));
  }
  stopPlaying(playback: PlaybackId): Promise<void> {
    return this.#ask(`stopPlaying ${playback}`, () => undefined);
  }
  startMusic(channel: ChannelId, music: string): Promise<void> {
    return this.#ask(`startMusic ${channel} ${music}`, () => this.#need(channel));
  }
  ringPhone({ leg, extension, callerName, callerNumber }: RingRequest): Promise<void> {
    return this.#ask(`ringPhone ${leg} ${extension}`, () => {
      this.channels.set(leg, { id: leg, state: 'down', role: { is: 'leg' }, callerName, callerNumber });
    });
  }
  ringOutside({ leg, number, trunk, headers, callerName, callerNumber }: OutsideRingRequest): Promise<void> {
    return this.#ask(`ringOutside ${leg} ${number} ${trunk} ${JSON.stringify(headers)}`, () => {
      this.channels.set(leg, { id: leg, state: 'down', role: { is: 'leg' }, callerName, callerNumber });
    });
  }
  record({ channel, recording, maxMs, silenceMs }: RecordRequest): Promise<void> {
    return this.#ask(`record ${recording} ${maxMs} ${silenceMs}`, () => this.#need(channel));
  }
  stopRecording(recording: RecordingId): Promise<void> {
    return this.#ask(`stopRecording ${recording}`, () => undefined);
  }
  connect(bridge: BridgeId, legs: readonly ChannelId[]): Promise<void> {
    return this.#ask(`connect ${bridge} ${legs.join()}`, () => {
      for (const leg of legs) this.#need(leg);
      this.bridges.set(bridge, legs);
    });
  }
  destroyBridge(bridge: BridgeId): Promise<void> {
    return this.#ask(`destroyBridge ${bridge}`, () => {
      this.bridges.delete(bridge);
    });
  }
  hangUp(channel: ChannelId, cause: HangUpCause): Promise<void> {
    return this.#ask(`hangUp ${channel} ${cause}`, () => {
      this.#need(channel);
      this.channels.delete(channel);
    });
  }
  async isHeardOf(leg: ChannelId): Promise<boolean> {
    await this.#ask(`isHeardOf ${leg}`, () => this.#need(leg));
    return this.channels.get(leg)?.state !== 'down';
  }
  snapshot(): Promise<TelephonySnapshot> {
    return Promise.resolve({
      channels: [...this.channels.values()],
      bridges: [...this.bridges].map(([id, channels]) => ({ id, channels })),
      reachable: new Map(),
    });
  }

  async #ask(what: string, take: () => void): Promise<void> {
    this.asked.push(what);
    const failing = [...this.failures].find(([begin]) => what.startsWith(begin));
    if (failing !== undefined) {
      this.failures.delete(failing[0]);
      throw failing[1];
    }
    take();
  }

  #need(channel: ChannelId): void {
    if (!this.channels.has(channel)) throw new LegGone(channel);
  }
}
