import type { CallFact, CallId, Fact } from '@cordboard/core';

/** A fact, and where it stands in the stream. */
export interface Entry {
  readonly offset: string;
  readonly fact: Fact;
}

/**
 * Gathers the facts of each call until it ends. What is told twice is taken once: a fact is known by its call and number.
 */
export class Gatherer {
  /** In the order of their first facts, so that the oldest comes first. */
  readonly #open = new Map<CallId, { readonly before: string; readonly facts: CallFact[] }>();
  #last: string;

  /** @param from the offset behind which reading begins. */
  constructor(from: string) {
    this.#last = from;
  }

  /** How many calls go on. */
  get open(): number {
    return this.#open.size;
  }

  /** Reading must begin again behind this: nothing of a call that goes on lies before it. */
  get safeOffset(): string {
    const [oldest] = this.#open.values();
    return oldest?.before ?? this.#last;
  }

  /**
   * @returns the facts of the call that has ended with this one, from its first; undefined for all others, and for a call
   * whose beginning was read, and recorded, before.
   */
  take({ offset, fact }: Entry): readonly CallFact[] | undefined {
    const before = this.#last;
    this.#last = offset;
    if (!('call' in fact)) {
      if (fact.type === 'ExchangeRecovered') this.#keepOnly(new Set(fact.calls.map(({ id }) => id)));
      return undefined;
    }
    const gathered = this.#open.get(fact.call) ?? { before, facts: [] };
    if (fact.n !== gathered.facts.length + 1) return undefined;
    gathered.facts.push(fact);
    if (fact.type !== 'CallEnded') {
      this.#open.set(fact.call, gathered);
      return undefined;
    }
    this.#open.delete(fact.call);
    return gathered.facts;
  }

  /** Call control has lost the others with all it knew: nobody will ever tell their end. */
  #keepOnly(live: ReadonlySet<CallId>): void {
    for (const id of this.#open.keys()) if (!live.has(id)) this.#open.delete(id);
  }
}
