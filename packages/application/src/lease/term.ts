import type { Holder, LeaseStore, Renewal } from '../ports/lease-store.ts';
import { doubtMs, leaseMs, renewEveryMs } from './times.ts';

/** Another process is in control now, or will be: nothing more is asked of Asterisk, and nothing is written. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** What a term needs. */
export interface TermParts {
  readonly store: LeaseStore;
  readonly holder: Holder;
  readonly epoch: number;
  /** When the lease was asked for, on the clock of `now`. */
  readonly since: number;
  /** Monotonic, in ms; it goes on while the process is stopped. */
  readonly now: () => number;
  /** Another has taken over. Told once. */
  readonly onLost: () => void;
  /** The store could not be asked. */
  readonly onStoreAway: (error: unknown) => void;
}

interface Waiter {
  readonly goOn: () => void;
  readonly giveUp: (error: LeaseLost) => void;
}

/**
 * The time in which this process is in control. Whoever acts asks for a permit first: a process that was held up for longer
 * than its lease, by its own clock, does nothing before the store has said that nobody took over meanwhile.
 *
 * While the store is away nobody can take over either, and the term goes on.
 */
export class Term {
  readonly #parts: TermParts;
  readonly #timer: ReturnType<typeof setInterval>;
  #validUntil: number;
  /** Since when it may be that another has taken over. */
  #doubtedSince: number | undefined;
  #isOver = false;
  #standbyThere = false;
  #waiters: Waiter[] = [];

  constructor(parts: TermParts) {
    this.#parts = parts;
    this.#validUntil = parts.since + leaseMs;
    this.#timer = setInterval(() => void this.#renew(), renewEveryMs);
  }

  get epoch(): number {
    return this.#parts.epoch;
  }

  /** Whether this process may act now, as far as it knows. */
  get isHeld(): boolean {
    return !this.#isOver && this.#parts.now() < this.#validUntil;
  }

  /** Whether another process waits to take over. */
  get standbyThere(): boolean {
    return this.#standbyThere;
  }

  /** Nothing when one may act now; otherwise resolves when one may. @throws LeaseLost */
  permit(): Promise<void> | undefined {
    if (this.#isOver) return Promise.reject(lost());
    if (this.#waiters.length === 0 && this.#parts.now() < this.#validUntil) return undefined;
    return new Promise((goOn, giveUp) => {
      this.#waiters.push({ goOn, giveUp });
      if (this.#waiters.length === 1) void this.#renew();
    });
  }

  /** Another has taken over, as Asterisk or the store says. */
  lose(): void {
    if (this.#end()) this.#parts.onLost();
  }

  /** Acts no more, and lets another take over at once. Never rejects: what cannot be given back runs out. */
  async release(): Promise<void> {
    if (!this.#end()) return;
    const late = new Promise<void>((resolve) => setTimeout(resolve, leaseMs).unref());
    await Promise.race([this.#parts.store.release(this.epoch).catch(this.#parts.onStoreAway), late]);
  }

  #end(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    clearInterval(this.#timer);
    for (const { giveUp } of this.#waiters.splice(0)) giveUp(lost());
    return true;
  }

  async #renew(): Promise<void> {
    const { store, epoch, holder, now } = this.#parts;
    const askedAt = now();
    if (askedAt >= this.#validUntil) this.#doubtedSince ??= askedAt;
    let answered = false;
    // A store that says nothing is away too, provided that we would have heard it.
    const late = setTimeout(() => {
      if (!answered) this.#wentWithout(askedAt);
    }, renewEveryMs);
    try {
      this.#renewed(await store.renew(epoch, holder), askedAt);
    } catch (error) {
      this.#parts.onStoreAway(error);
      this.#wentWithout(askedAt);
    } finally {
      answered = true;
      clearTimeout(late);
    }
  }

  #renewed(renewal: Renewal, askedAt: number): void {
    if (this.#isOver) return;
    if (!renewal.held) {
      this.lose();
      return;
    }
    this.#standbyThere = renewal.standbyThere;
    this.#prolong(askedAt);
  }

  /** The store did not answer what was asked at that moment. */
  #wentWithout(askedAt: number): void {
    if (this.#isOver) return;
    const now = this.#parts.now();
    if (now >= this.#validUntil) this.#doubtedSince ??= now;
    if (this.#doubtedSince !== undefined && now - this.#doubtedSince < doubtMs) return;
    this.#prolong(askedAt);
  }

  #prolong(askedAt: number): void {
    this.#validUntil = Math.max(this.#validUntil, askedAt + leaseMs);
    if (!this.isHeld) return;
    this.#doubtedSince = undefined;
    for (const { goOn } of this.#waiters.splice(0)) goOn();
  }
}

const lost = (): LeaseLost => new LeaseLost('another process is in control of the calls');
