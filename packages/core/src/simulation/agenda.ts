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

/** What is still to come, soonest first: a binary heap. */
export class Agenda {
  readonly #heap: Entry[] = [];
  #count = 0;

  add(errand: Errand): void {
    this.#count += 1;
    const entry = { ...errand, order: this.#count };
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

const isBefore = (a: Entry, b: Entry): boolean =>
  a.at !== b.at ? a.at < b.at : a.n !== b.n ? a.n < b.n : a.order < b.order;
