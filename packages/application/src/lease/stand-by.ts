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
  /** The store could not be asked, and will be asked again: without it nobody takes over. */
  readonly onStoreAway: (error: unknown) => void;
}

/** An epoch that has begun. */
export interface Taken {
  readonly epoch: number;
  /** When it was asked for, on the clock of `now`. */
  readonly since: number;
  /** Why it was free. */
  readonly because: 'first' | 'given-back' | 'gone' | 'silent';
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

  constructor(parts: StandByParts) {
    this.#parts = parts;
  }

  async look(): Promise<Taken | undefined> {
    const { store, holder, now, onStandingBy } = this.#parts;
    const askedAt = now();
    const lease = await store.look(this.#isStandingBy);
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
