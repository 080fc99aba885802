import type { Holder, Lease, LeaseStore } from '../ports/lease-store.ts';
import { leaseMs, lookEveryMs } from './times.ts';

/** What standing by needs. */
export interface StandByParts {
  readonly store: LeaseStore;
  readonly holder: Holder;
  /** Whether this process is known to have ended. */
  readonly isGone: (holder: Holder) => boolean;
  /** Monotonic, in ms. */
  readonly now: () => number;
  /** @throws when nobody wants to stand by any more */
  readonly pause: (ms: number) => Promise<void>;
  /** Another is in control: told once. */
  readonly onStandingBy: (lease: Lease) => void | Promise<void>;
  /** The store could not be asked, and will be asked again: without it nobody takes over from another who lives. */
  readonly onStoreAway: (error: unknown) => void;
  /** Who was last in control as far as is known here, for when the store has been away since this process began. */
  readonly lastKnown: () => Promise<Known | undefined>;
}

interface Known {
  readonly epoch: number;
  readonly holder: Holder;
}

/** Who has just begun may be connected to the store in a moment, in ms. */
const graceMs = 1000;

/** An epoch that has begun. */
export interface Taken {
  readonly epoch: number;
  /** When it was asked for, on the clock of `now`. */
  readonly since: number;
  /** Why it was free. */
  readonly because: 'first' | 'given-back' | 'gone' | 'silent' | 'gone-without-store';
}

/**
 * Waits until nobody is in control, and takes over: at once where nobody ever was, where the lease was given back, and
 * where the holder is known to have ended; otherwise when it has not been renewed for as long as it lasts.
 */
export const standBy = async (parts: StandByParts): Promise<Taken> => {
  const watch = new Watch(parts);
  for (;;) {
    try {
      const taken = await watch.look();
      if (taken !== undefined) return taken;
    } catch (error) {
      parts.onStoreAway(error);
      const taken = await watch.withoutStore();
      if (taken !== undefined) return taken;
    }
    await parts.pause(lookEveryMs);
  }
};

/** What has been seen of the lease so far. */
class Watch {
  readonly #parts: StandByParts;
  #seen: Lease | undefined;
  /** When it was last seen to have changed; undefined: there has never been one. */
  #heardAt: number | undefined;
  #isStandingBy = false;
  /** The store has answered. */
  #hasAnswered = false;
  readonly #begunAt: number;

  constructor(parts: StandByParts) {
    this.#parts = parts;
    this.#begunAt = parts.now();
  }

  /** A process that is started again while the store is away goes on where it ended itself, and is known to have. */
  async withoutStore(): Promise<Taken | undefined> {
    const { now, isGone, lastKnown } = this.#parts;
    if (this.#hasAnswered || now() - this.#begunAt < graceMs) return undefined;
    const last = await lastKnown();
    return last !== undefined && isGone(last.holder)
      ? { epoch: last.epoch + 1, since: now(), because: 'gone-without-store' }
      : undefined;
  }

  async look(): Promise<Taken | undefined> {
    const { store, holder, now, onStandingBy } = this.#parts;
    const askedAt = now();
    const lease = await store.look(this.#isStandingBy);
    this.#hasAnswered = true;
    if (lease?.epoch !== this.#seen?.epoch || lease?.beat !== this.#seen?.beat) this.#heardAt = now();
    this.#seen = lease;
    const because = this.#whyFree(lease, askedAt);
    if (because !== undefined) {
      const since = now();
      const epoch = await store.take(lease, holder);
      return epoch === undefined ? undefined : { epoch, since, because };
    }
    if (lease !== undefined && !this.#isStandingBy) {
      this.#isStandingBy = true;
      await onStandingBy(lease);
    }
    return undefined;
  }

  #whyFree(lease: Lease | undefined, askedAt: number): Taken['because'] | undefined {
    if (this.#heardAt === undefined) return 'first';
    if (lease?.holder === null) return 'given-back';
    if (lease !== undefined && this.#parts.isGone(lease.holder)) return 'gone';
    // Between what was heard last and what was asked now, it has surely not been renewed.
    return askedAt - this.#heardAt >= leaseMs ? 'silent' : undefined;
  }
}
