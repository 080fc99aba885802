/** What is asked of a connection here. */
export interface Lane {
  readonly open: boolean;
  /** How many requests are with Asterisk. */
  readonly busy: number;
}

interface Place<L> {
  readonly lane: L;
  waiting: number;
}

/**
 * Which connection carries which request. Asterisk serves the requests of one connection one after another, and some of
 * them wait for a channel's own thread (answer, addChannel): on one connection a slow channel would delay every other.
 *
 * Requests with one key stay in order: while any of them is with Asterisk, the next takes the same connection; after
 * that, whichever has least to do.
 */
export class Lanes<L extends Lane> {
  readonly #places = new Map<string, Place<L>>();

  /** @param open the connections that can be used now */
  choose(order: string | undefined, open: readonly L[]): L | undefined {
    const place = order === undefined ? undefined : this.#places.get(order);
    // One that has ended has told all who waited: nothing is left to stay behind.
    if (place?.lane.open) return place.lane;
    return open.reduce<L | undefined>(
      (best, lane) => (best === undefined || lane.busy < best.busy ? lane : best),
      undefined,
    );
  }

  /** A request with this key is with Asterisk on this connection until `answer` settles. */
  hold(order: string, lane: L, answer: Promise<unknown>): void {
    const known = this.#places.get(order);
    const place = known?.lane === lane ? known : { lane, waiting: 0 };
    place.waiting += 1;
    this.#places.set(order, place);
    const settled = (): void => {
      place.waiting -= 1;
      if (place.waiting === 0 && this.#places.get(order) === place) this.#places.delete(order);
    };
    answer.then(settled, settled);
  }
}
