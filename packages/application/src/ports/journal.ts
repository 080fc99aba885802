import type { Change, Position } from './stores.ts';

/** One line of the journal: all there was at that moment, or one change after it. */
export interface JournalEntry {
  readonly is: 'whole' | 'change';
  readonly at: Position;
  readonly change: Change;
}

/**
 * Where changes wait on disk while the store does not take them, for a process that may not live to hand them over.
 * Nothing is awaited by a call: what is appended is written in order, soon. Nothing here throws: what cannot be written is
 * told by the journal itself.
 */
export interface Journal {
  /** Whether all that was appended since it was last begun has been, or is about to be, written. */
  readonly isWhole: boolean;
  /** Begins anew behind what it holds already, with all there is and every change that the store has not taken. */
  begin(entries: readonly JournalEntry[]): void;
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
