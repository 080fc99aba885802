import type { CallFact, CallId, Fact } from '@cordboard/core';

/** Of so many calls that have ended it is still known what was told: as many as readers remember, who so know it again. */
const endedKept = 1000;

/** What has been told of the calls that go on, and of those that ended lately: for a store that has lost everything. */
export class ToldLately {
  readonly #live = new Map<CallId, CallFact[]>();
  /** Oldest first. */
  readonly #ended = new Map<CallId, readonly CallFact[]>();
  /** What the queues are called. */
  #policy: Fact | undefined;

  take(facts: readonly Fact[]): void {
    for (const fact of facts) {
      if (fact.type === 'PolicyTaken') this.#policy = fact;
      if ('call' in fact) this.#takeOfCall(fact);
    }
  }

  /** The policy first, then call by call. */
  get facts(): readonly Fact[] {
    return [
      ...(this.#policy === undefined ? [] : [this.#policy]),
      ...[...this.#ended.values()].flat(),
      ...[...this.#live.values()].flat(),
    ];
  }

  #takeOfCall(fact: CallFact): void {
    const known = this.#live.get(fact.call);
    if (known === undefined) this.#live.set(fact.call, [fact]);
    else known.push(fact);
    if (fact.type !== 'CallEnded') return;
    this.#ended.set(fact.call, this.#live.get(fact.call) ?? []);
    this.#live.delete(fact.call);
    const [oldest] = this.#ended.keys();
    if (this.#ended.size > endedKept && oldest !== undefined) this.#ended.delete(oldest);
  }
}
