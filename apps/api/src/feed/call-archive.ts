import type { CallFact, CallId } from '@cordboard/core';

const endedKept = 1000;

/** The facts of live calls, and of those that ended lately: for whoever asks why before PostgreSQL knows. */
export class CallArchive {
  readonly #live = new Map<CallId, CallFact[]>();
  /** Oldest first. */
  readonly #ended = new Map<CallId, CallFact[]>();
  readonly #endedKept: number;

  constructor(keep = endedKept) {
    this.#endedKept = keep;
  }

  /**
   * Whether this very fact has been taken before: a write to Redis that was cut off is repeated, and the fact with it.
   */
  has({ call, n, type }: CallFact): boolean {
    const facts = this.factsOf(call) ?? [];
    for (let index = facts.length - 1; index >= 0; index -= 1) {
      const known = facts[index];
      if (known === undefined || known.n < n) return false;
      if (known.n === n && known.type === type) return true;
    }
    return false;
  }

  take(fact: CallFact): void {
    const facts = this.#live.get(fact.call) ?? this.#ended.get(fact.call);
    if (facts === undefined) this.#live.set(fact.call, [fact]);
    else facts.push(fact);
    if (fact.type === 'CallEnded') this.end(fact.call);
  }

  /** The call is over, also when nothing told so. */
  end(call: CallId): void {
    const facts = this.#live.get(call);
    if (facts === undefined) return;
    this.#live.delete(call);
    this.#ended.set(call, facts);
    for (const oldest of this.#ended.keys()) {
      if (this.#ended.size <= this.#endedKept) break;
      this.#ended.delete(oldest);
    }
  }

  /** In the order in which they were told; undefined when the call is not, or no longer, known here. */
  factsOf(call: CallId): readonly CallFact[] | undefined {
    return this.#live.get(call) ?? this.#ended.get(call);
  }
}
