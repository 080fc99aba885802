import type { CallFact, Fact } from '@cordboard/core';
import { followFacts } from '@cordboard/redis';
import { NeverCame } from './until.ts';

type Redis = Parameters<typeof followFacts>[0];

/** All that has been told since the house was opened, and what is to come. */
export class FactWatch {
  readonly all: Fact[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #ending = new AbortController();
  readonly #following: Promise<void>;

  constructor(redis: Redis) {
    this.#following = followFacts(redis, {
      from: 'start',
      signal: this.#ending.signal,
      onFacts: (entries) => {
        for (const { fact } of entries) this.all.push(fact);
        for (const listener of [...this.#listeners]) listener();
      },
    });
  }

  /** The facts of one call so far. */
  of(call: string): readonly CallFact[] {
    return this.all.filter((fact): fact is CallFact => 'call' in fact && fact.call === call);
  }

  /** Calls that are said to have begun more than once. */
  get begunTwice(): readonly string[] {
    const begun = this.all.flatMap((fact) => (fact.type === 'CallArrived' ? [fact.call as string] : []));
    return begun.filter((call, index) => begun.indexOf(call) !== index);
  }

  /**
   * Resolves as soon as the facts say so.
   * @throws NeverCame with the facts of the call
   */
  tell<Answer>(
    call: string,
    what: string,
    look: (facts: readonly CallFact[]) => Answer | undefined | false,
    withinMs = 15_000,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        const answer = look(this.of(call));
        if (answer === undefined || answer === false) return;
        clearTimeout(timer);
        this.#listeners.delete(settle);
        resolve(answer);
      };
      const timer = setTimeout(() => {
        this.#listeners.delete(settle);
        reject(
          new NeverCame(`${what}: not within ${withinMs} ms; of ${call} was told ${JSON.stringify(this.of(call))}`),
        );
      }, withinMs);
      this.#listeners.add(settle);
      settle();
    });
  }

  async close(): Promise<void> {
    this.#ending.abort();
    await this.#following;
  }
}
