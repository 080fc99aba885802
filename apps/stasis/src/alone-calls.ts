import type { KeptCall, KeptCalls } from '@cordboard/ari';
import type { AloneCall, ChannelId } from '@cordboard/core';

/** How soon is looked again: after something was told, which the store confirms at once, or when it is back; and while such calls go on. */
const atOnceMs = 100;
const soonMs = 1000;
const whileGoingOnMs = 5000;
/** Asterisk writes its database a second late: what was removed just before it was killed is there again. So many are known. */
const mostKnown = 10_000;
/** Otherwise: no call is the dialplan's own while somebody is in control. */
const regularlyMs = 30_000;

export interface AloneCallsParts {
  readonly read: () => Promise<KeptCalls>;
  readonly forget: (kept: KeptCall) => Promise<void>;
  /** Tells what the call was. @returns whether that is in the store, whenever that is asked */
  readonly tell: (call: AloneCall) => () => boolean;
  readonly onTold: (calls: number) => void;
  readonly onFailure: (error: unknown) => void;
}

/**
 * Sees to it that calls which the dialplan had by itself have a record: they are read from Asterisk when they are over, told,
 * and forgotten there when what was told is safe. Who ends in between leaves them to the next.
 */
export class AloneCalls {
  readonly #parts: AloneCallsParts;
  /** Not forgotten at Asterisk yet. */
  readonly #told = new Map<ChannelId, () => boolean>();
  readonly #forgotten = new Set<ChannelId>();
  #busy = false;
  #next: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(parts: AloneCallsParts) {
    this.#parts = parts;
  }

  /** Asterisk is there, or there again. */
  ask(): void {
    if (!this.#busy && !this.#stopped) void this.#look();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#next);
  }

  #remember(channel: ChannelId): void {
    this.#forgotten.add(channel);
    const [oldest] = this.#forgotten;
    if (this.#forgotten.size > mostKnown && oldest !== undefined) this.#forgotten.delete(oldest);
  }

  async #look(): Promise<void> {
    this.#busy = true;
    clearTimeout(this.#next);
    let inMs = regularlyMs;
    try {
      const { over, goOn } = await this.#parts.read();
      if (this.#stopped) return;
      const untold = over.filter(({ call }) => !this.#told.has(call.channel) && !this.#forgotten.has(call.channel));
      for (const { call } of untold) this.#told.set(call.channel, this.#parts.tell(call));
      if (untold.length > 0) this.#parts.onTold(untold.length);
      for (const kept of over) {
        const { channel } = kept.call;
        if (!this.#forgotten.has(channel) && this.#told.get(channel)?.() !== true) continue;
        await this.#parts.forget(kept);
        this.#told.delete(channel);
        this.#remember(channel);
      }
      if (untold.length > 0 && this.#told.size > 0) inMs = atOnceMs;
      else if (this.#told.size > 0) inMs = soonMs;
      else if (goOn > 0) inMs = whileGoingOnMs;
    } catch (error) {
      this.#parts.onFailure(error);
      inMs = whileGoingOnMs;
    } finally {
      this.#busy = false;
      if (!this.#stopped) this.#next = setTimeout(() => this.ask(), inMs);
    }
  }
}
