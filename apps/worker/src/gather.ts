import type { CallFact, CallId, Fact } from '@cordboard/core';
import { lostAt } from './lost-call.ts';

/** A fact, and where it stands in the stream. */
export interface Entry {
  readonly offset: string;
  readonly fact: Fact;
}

/** The facts of one call, up to its end. */
export type EndedCall = readonly CallFact[];

interface OpenCall {
  /** Reading that begins behind this meets all of its facts. */
  readonly before: string;
  readonly facts: CallFact[];
}

/** No call lasts longer: what is still open then has ended without our hearing of it, and must not hold others up. */
const longestCallMs = 24 * 3_600_000;
/** Of so many calls that have ended it is remembered that they have. */
const endedKept = 10_000;

/** Gathers the facts of each call until it ends. What is told twice is taken once. */
export class Gatherer {
  /** In the order of their first facts, so that the oldest comes first. */
  readonly #open = new Map<CallId, OpenCall>();
  /** Oldest first. */
  readonly #ended = new Set<CallId>();
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
   * A call whose beginning was not read comes with what was: either it has been told whole before, or its beginning is
   * lost, and a record of its end is better than none.
   *
   * @returns the calls that have ended with this fact.
   */
  take({ offset, fact }: Entry): readonly EndedCall[] {
    const before = this.#last;
    this.#last = offset;
    this.#forgetOld(fact.at);
    if ('call' in fact) return this.#takeOfCall(fact, before);
    return fact.type === 'ExchangeRecovered' ? this.#lost(fact) : [];
  }

  #takeOfCall(fact: CallFact, before: string): readonly EndedCall[] {
    if (this.#ended.has(fact.call)) return [];
    let known = this.#open.get(fact.call);
    if (known !== undefined && beginsAnew(known, fact)) {
      this.#open.delete(fact.call);
      known = undefined;
    }
    const { facts } = known ?? this.#begin(fact.call, before);
    if (facts.some((told) => isSame(told, fact))) return [];
    facts.push(fact);
    return fact.type === 'CallEnded' ? [this.#end(fact.call, facts)] : [];
  }

  #begin(call: CallId, before: string): OpenCall {
    const begun: OpenCall = { before, facts: [] };
    this.#open.set(call, begun);
    return begun;
  }

  #end(call: CallId, facts: EndedCall): EndedCall {
    this.#open.delete(call);
    this.#ended.add(call);
    const [oldest] = this.#ended;
    if (this.#ended.size > endedKept && oldest !== undefined) this.#ended.delete(oldest);
    // To a Redis that had lost all, what was under way may have been told before what led to it.
    return facts.toSorted((one, other) => one.n - other.n);
  }

  /** Of the calls that call control does not name it has lost all it knew: nobody else will tell their end. */
  #lost({ at, calls }: Fact & { readonly type: 'ExchangeRecovered' }): readonly EndedCall[] {
    const live = new Set(calls.map(({ id }) => id));
    return [...this.#open].flatMap(([call, { facts }]) => {
      if (live.has(call)) return [];
      const told = this.#end(call, facts);
      const lost = lostAt(told, at);
      return lost === undefined ? [] : [[...told, lost]];
    });
  }

  #forgetOld(now: number): void {
    for (const [call, { facts }] of this.#open) {
      if (now - (facts[0]?.at ?? now) < longestCallMs) return;
      this.#open.delete(call);
    }
  }
}

/** A write to Redis that was cut off is repeated, and its facts with it. */
const isSame = (one: CallFact, other: CallFact): boolean =>
  one.n === other.n && one.type === other.type && one.at === other.at;

/** Call control has lost what it knew, and has taken the same caller up as one who has just come. */
const beginsAnew = ({ facts }: OpenCall, fact: CallFact): boolean =>
  fact.type === 'CallArrived' && facts.some((told) => told.type === 'CallArrived' && told.at !== fact.at);
