import type { Instant } from '../time.ts';
import type { Moment } from './recording.ts';

/** Something to be done at a moment of the simulated day. */
export interface Errand extends Moment {
  readonly run: (at: Instant) => void;
}

interface Entry extends Errand {
  /** Of equals, the one that was put down first comes first. */
  readonly order: number;
}

/**
 * What is still to come, soonest first. What is known from the beginning is kept in its order; whatever is added later goes
 * into a binary heap, which so stays small.
 */
export class Agenda {
  readonly #known: readonly Errand[];
  readonly #heap: Entry[] = [];
  #next = 0;
  #count = 0;

  /** @param known in any order */
  constructor(known: readonly Errand[]) {
    this.#known = known.toSorted((a, b) => a.at - b.at || a.n - b.n);
  }

  add(errand: Errand): void {
    this.#count += 1;
    const { at, n, run } = errand;
    const entry: Entry = { at, n, run, order: this.#count };
    const heap = this.#heap;
    let index = heap.length;
    while (index > 0) {
      const up = (index - 1) >> 1;
      const above = heap[up];
      if (above === undefined || !isBefore(entry, above)) break;
      heap[index] = above;
      index = up;
    }
    heap[index] = entry;
  }

  /** Takes out what comes first. */
  next(): Errand | undefined {
    const [known, added] = [this.#known[this.#next], this.#heap[0]];
    if (known === undefined || (added !== undefined && isSooner(added, known))) return this.#takeAdded();
    this.#next += 1;
    return known;
  }

  #takeAdded(): Errand | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const [one, other] = [heap[left], heap[left + 1]];
      if (one === undefined) break;
      const [child, at] = other !== undefined && isBefore(other, one) ? [other, left + 1] : [one, left];
      if (!isBefore(child, last)) break;
      heap[index] = child;
      index = at;
    }
    heap[index] = last;
    return first;
  }
}

const isSooner = (a: Errand, b: Errand): boolean => (a.at !== b.at ? a.at < b.at : a.n < b.n);

const isBefore = (a: Entry, b: Entry): boolean =>
  a.at !== b.at ? a.at < b.at : a.n !== b.n ? a.n < b.n : a.order < b.order;
