import type { CallControl } from '@cordboard/application';
import type { ChannelId } from '@cordboard/core';
import type { LagWatch } from '@cordboard/telemetry';

/** Whoever floods the house is noticed within this time. */
const reportEveryMs = 1000;
/** What Asterisk said longer ago than this is not known any more. */
const loadKnownForMs = 3000;

export interface StrainWatchParts {
  readonly control: Pick<CallControl, 'strainReported' | 'calls'>;
  /** A watch of this one's own: it is begun anew at each report. */
  readonly lag: LagWatch;
  /** What Asterisk says, when it is asked about this channel; undefined: it does not say. */
  readonly askLoad: (channel: ChannelId) => Promise<number | undefined>;
  readonly onLoad: (load: number) => void;
  readonly onFailure: (error: unknown) => void;
}

/** Tells call control every second how strained the house is: how late its own event loop is, and the load of Asterisk. */
export class StrainWatch {
  readonly #parts: StrainWatchParts;
  readonly #timer: ReturnType<typeof setInterval>;
  #load: { readonly is: number; readonly at: number } | undefined;
  #isAsking = false;

  constructor(parts: StrainWatchParts) {
    this.#parts = parts;
    this.#timer = setInterval(() => this.#report(), reportEveryMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#parts.lag.close();
  }

  #report(): void {
    const { control, lag } = this.#parts;
    const lagMs = lag.longestMs();
    lag.reset();
    const isKnown = this.#load !== undefined && performance.now() - this.#load.at < loadKnownForMs;
    control.strainReported({ lagMs, ...(isKnown && this.#load !== undefined ? { load: this.#load.is } : {}) });
    // While nobody calls, Asterisk has nothing to say it of, and no load by our doing.
    const caller = control.calls.at(-1)?.caller;
    if (caller !== undefined && !this.#isAsking) void this.#ask(caller);
  }

  async #ask(caller: ChannelId): Promise<void> {
    const { askLoad, onLoad, onFailure } = this.#parts;
    this.#isAsking = true;
    try {
      const load = await askLoad(caller);
      if (load === undefined) return;
      this.#load = { is: load, at: performance.now() };
      onLoad(load);
    } catch (error) {
      onFailure(error);
    } finally {
      this.#isAsking = false;
    }
  }
}
