import type { CallFact, Fact } from '../fact/fact.ts';
import type { CallId } from '../ids.ts';
import { decidedOf, isSameDecision } from './decided.ts';
import type { Day, Decided } from './recording.ts';

/** What was decided of one call, in order. */
export type Decisions = ReadonlyMap<CallId, readonly Decided[]>;

/** Gathers what is decided, fact by fact. */
export class DecisionBook {
  readonly #decisions = new Map<CallId, Decided[]>();
  #n = 0;

  get decisions(): Decisions {
    return this.#decisions;
  }

  take(fact: Fact): void {
    this.#n += 1;
    if (!('call' in fact)) return;
    const decided = decidedOf(fact as CallFact, this.#n);
    if (decided === undefined) return;
    const known = this.#decisions.get(fact.call);
    if (known === undefined) this.#decisions.set(fact.call, [decided]);
    else known.push(decided);
  }
}

/** Where a simulated day parts from the recorded one. */
export interface Difference {
  readonly call: CallId;
  /** undefined: nothing was decided that the other decided. */
  readonly recorded: Decided | undefined;
  readonly simulated: Decided | undefined;
}

export const recordedDecisions = ({ calls }: Day): Decisions => new Map(calls.map(({ id, decided }) => [id, decided]));

/** The first decision that is not the same, of each call that has one; earliest first. */
export const differences = (recorded: Decisions, simulated: Decisions): readonly Difference[] => {
  const calls = new Set([...recorded.keys(), ...simulated.keys()]);
  return [...calls]
    .flatMap((call) => firstDifference(call, recorded.get(call) ?? [], simulated.get(call) ?? []) ?? [])
    .toSorted((a, b) => whenOf(a) - whenOf(b) || (a.call < b.call ? -1 : 1));
};

const firstDifference = (
  call: CallId,
  recorded: readonly Decided[],
  simulated: readonly Decided[],
): Difference | undefined => {
  const length = Math.max(recorded.length, simulated.length);
  for (let index = 0; index < length; index += 1) {
    const [one, other] = [recorded[index], simulated[index]];
    if (one === undefined || other === undefined || !isSameDecision(one, other))
      return { call, recorded: one, simulated: other };
  }
  return undefined;
};

const whenOf = ({ recorded, simulated }: Difference): number =>
  Math.min(recorded?.at ?? Number.POSITIVE_INFINITY, simulated?.at ?? Number.POSITIVE_INFINITY);
