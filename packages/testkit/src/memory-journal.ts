import type { Journal, JournalEntry } from '@cordboard/application';

/** A journal in memory, which can be unable to write when a test says so. */
export class MemoryJournal implements Journal {
  isWhole = false;
  failing = false;
  entries: JournalEntry[] = [];

  begin(entries: readonly JournalEntry[], place: 'behind' | 'instead' = 'behind'): void {
    this.isWhole = !this.failing;
    if (!this.isWhole) return;
    if (place === 'instead') this.entries = [];
    this.entries.push(...entries);
  }

  append(entry: JournalEntry): void {
    if (this.failing) this.isWhole = false;
    else this.entries.push(entry);
  }

  async *read(): AsyncGenerator<JournalEntry> {
    yield* this.entries;
  }

  clear(): void {
    this.entries = [];
  }
}
