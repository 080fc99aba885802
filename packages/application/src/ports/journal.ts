import type { Change, Position } from './stores.ts';

/** One line of the journal: all there was at that moment, or one change after it. */
export interface JournalEntry {
  readonly is: 'whole' | 'change';
  readonly at: Position;
  readonly change: Change;
}

/**
 * Changes on disk, for a process that may not live to hand them over: those that the store does not take, in one; all state
 * as it was a moment ago, in another. Nothing is awaited by a call: what is appended is written in order, soon. Nothing here
 * throws: what cannot be written is
 * told by the journal itself.
 */
export interface Journal {
  /** Whether all that was appended since it was last begun has been, or is about to be, written. */
  readonly isWhole: boolean;
  /**
   * Begins anew with all there is, and what follows it.
   * @param place behind what it holds already; or instead of that, which goes once this has been written
   */
  begin(entries: readonly JournalEntry[], place?: 'behind' | 'instead'): void;
  append(entry: JournalEntry): void;
  /** What it holds, in order, from the oldest on. */
  read(): AsyncIterable<JournalEntry>;
  /** The store has taken all that it holds. */
  clear(): void;
}

/** Nothing outlives the process. */
export const noJournal: Journal = {
  isWhole: false,
  begin: () => undefined,
  append: () => undefined,
  async *read() {},
  clear: () => undefined,
};
