import type { CallFact, CallId } from '@cordboard/core';

/** Of so many calls it is known how far they have been told: many more than a Redis that has lost all is told again. */
const callsKept = 50_000;

/** A Redis that has lost what it held is told again what was told of the last calls: here each fact counts once. */
export class ToldOnce {
  /** The last fact; whose call was told of longest ago comes first. */
  readonly #last = new Map<CallId, Pick<CallFact, 'n' | 'at'>>();

  /** A call that was lost and taken up anew is counted anew, later. */
  isNew({ call, n, at }: CallFact): boolean {
    const last = this.#last.get(call);
    if (last !== undefined && n <= last.n && at <= last.at) return false;
    this.#last.delete(call);
    this.#last.set(call, { n, at });
    const [oldest] = this.#last.keys();
    if (this.#last.size > callsKept && oldest !== undefined) this.#last.delete(oldest);
    return true;
  }
}
