/**
 * What a branch asks: one fact compared with one value, or several of these joined. There is no language to be parsed,
 * and nothing that could be executed.
 */
export type Condition = AllOf | AnyOf | Comparison;

export interface AllOf {
  readonly all: readonly Condition[];
}

export interface AnyOf {
  readonly any: readonly Condition[];
}

/** What is compared. A fact that is not known is never equal to anything, nor at least or at most. */
export type Comparison =
  | { readonly fact: string; readonly is: 'equals' | 'starts-with'; readonly value: string }
  | { readonly fact: string; readonly is: 'one-of'; readonly value: readonly string[] }
  | { readonly fact: string; readonly is: 'at-least' | 'at-most'; readonly value: number }
  /** One of the policy's `lists`, by its name; numbers are compared as they are dialled. */
  | { readonly fact: string; readonly is: 'in-list'; readonly value: string }
  | { readonly fact: string; readonly is: 'present' | 'absent' };

/** The facts that can be asked for, beside `attribute:<name>`, `queue:<id>.<figure>`, `switch:<id>` and `calls.last<N>days`. */
export const plainFacts = [
  'caller.number',
  'caller.name',
  'dialled',
  'trunk',
  'language',
  'customer.known',
  'customer.id',
  'customer.segment',
  'customer.owner',
  'customer.open-case',
] as const;

export const queueFigures = ['length', 'expectedWaitMs', 'ready', 'members'] as const;
export type QueueFigure = (typeof queueFigures)[number];

/** A name of a fact, taken apart. */
export type FactName =
  | { readonly of: 'call'; readonly fact: (typeof plainFacts)[number] }
  | { readonly of: 'attribute'; readonly name: string }
  | { readonly of: 'queue'; readonly queue: string; readonly figure: QueueFigure }
  | { readonly of: 'switch'; readonly id: string }
  | { readonly of: 'last-calls'; readonly days: number };

/** @returns undefined for a name that means nothing. */
export const factNamed = (name: string): FactName | undefined => {
  const plain = plainFacts.find((known) => known === name);
  if (plain !== undefined) return { of: 'call', fact: plain };
  const attribute = /^attribute:([a-z][a-z0-9-]{0,63})$/.exec(name)?.[1];
  if (attribute !== undefined) return { of: 'attribute', name: attribute };
  const [, queue, said] = /^queue:([a-z0-9-]{1,64})\.(\w+)$/.exec(name) ?? [];
  const figure = queueFigures.find((known) => known === said);
  if (queue !== undefined && figure !== undefined) return { of: 'queue', queue, figure };
  const id = /^switch:([a-z0-9-]{1,64})$/.exec(name)?.[1];
  if (id !== undefined) return { of: 'switch', id };
  const days = Number(/^calls\.last([1-9]\d?)days$/.exec(name)?.[1]);
  return Number.isInteger(days) ? { of: 'last-calls', days } : undefined;
};

/** All comparisons in a condition. */
export const comparisonsIn = (condition: Condition): readonly Comparison[] => {
  if ('all' in condition) return condition.all.flatMap(comparisonsIn);
  return 'any' in condition ? condition.any.flatMap(comparisonsIn) : [condition];
};
