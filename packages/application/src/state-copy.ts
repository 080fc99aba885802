import { Backlog } from './backlog.ts';
import type { Clock } from './ports/clock.ts';
import type { Journal } from './ports/journal.ts';
import type { Change, Position } from './ports/stores.ts';

/** How old the copy may be. */
const everyMs = 100;
/** A copy that could not be written is begun anew after this. */
const againMs = 10_000;
/** Calls and agents written one by one before all there is is written instead, and the file is short again. */
const mostWritten = 5000;

export interface StateCopyParts {
  /** Its own: nothing else is written there. */
  readonly journal: Journal;
  readonly clock: Clock;
  /** All the state there is now. */
  readonly whole: () => Change;
}

/**
 * All state on disk, a tenth of a second old at most, for the case that the store loses what it holds while nobody is there to tell it
 * again: whoever then takes over knows who talks and who waits all the same. What has changed within that time is written as one,
 * without the facts, so that it costs a busy house little.
 */
export class StateCopy {
  readonly #parts: StateCopyParts;
  #changes: Backlog | undefined;
  #at: Position | undefined;
  #written = 0;
  #begunAt = Number.NEGATIVE_INFINITY;
  #stopped = false;

  constructor(parts: StateCopyParts) {
    this.#parts = parts;
  }

  /** @param at after which change the state is so */
  take(change: Change, at: Position): void {
    this.#at = at;
    if (this.#changes === undefined) {
      this.#changes = new Backlog();
      const { clock } = this.#parts;
      clock.alarm((clock.now() + everyMs) as ReturnType<Clock['now']>, () => this.#write());
    }
    this.#changes.add({ ...change, facts: [] });
  }

  /** Writes no more; what has been written stays for the next. */
  stop(): void {
    this.#stopped = true;
  }

  #write(): void {
    const { journal, clock, whole } = this.#parts;
    const [changes, at] = [this.#changes, this.#at];
    this.#changes = undefined;
    if (this.#stopped || changes === undefined || at === undefined) return;
    const now = clock.now();
    if (journal.isWhole && this.#written < mostWritten) {
      const change = changes.change();
      this.#written += change.calls.length + change.agents.length + change.ended.length;
      journal.append({ is: 'change', at, change });
      return;
    }
    if (!journal.isWhole && now - this.#begunAt < againMs) return;
    this.#begunAt = now;
    this.#written = 0;
    journal.begin([{ is: 'whole', at, change: { ...whole(), facts: [] } }], 'instead');
  }
}
