import type { CallId, TicketId } from '../ids.ts';
import type { Instant } from '../time.ts';

/** Who can stand in line: a caller, or the ticket of one who has hung up and is to be called back. */
export type Waiter = CallId | TicketId;

/** A place in line: its key is fixed at entry, so the order costs O(log n) and nobody behind can creep ahead. */
export interface Place {
  readonly who: Waiter;
  /** entered − priority × boost. */
  readonly virtualArrival: Instant;
}

/**
 * The callers who wait for one queue, in order of virtual arrival; equals in order of their ids, so that the order
 * is the same on every machine.
 */
export class Line {
  readonly #places: Place[] = [];

  get length(): number {
    return this.#places.length;
  }

  get first(): Place | undefined {
    return this.#places[0];
  }

  enter(place: Place): void {
    this.#places.splice(this.#indexFor(place), 0, place);
  }

  /** @returns whether the call was in line. */
  leave(place: Place): boolean {
    const index = this.#indexFor(place);
    if (this.#places[index]?.who !== place.who) return false;
    this.#places.splice(index, 1);
    return true;
  }

  /** 1 for the next to be served; for a place not yet in line, where it would stand. */
  position(place: Place): number {
    return this.#indexFor(place) + 1;
  }

  [Symbol.iterator](): Iterator<Place> {
    return this.#places[Symbol.iterator]();
  }

  #indexFor(place: Place): number {
    let low = 0;
    let high = this.#places.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const there = this.#places[middle];
      if (there !== undefined && comesBefore(there, place)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const comesBefore = (a: Place, b: Place): boolean =>
  a.virtualArrival < b.virtualArrival || (a.virtualArrival === b.virtualArrival && a.who < b.who);
