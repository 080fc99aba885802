import type { QueueId } from '../ids.ts';
import { type Comparison, type Condition, factNamed } from '../policy/condition.ts';
import { dialKey } from '../policy/dial-key.ts';
import { Secret } from '../secret.ts';
import type { Instant } from '../time.ts';
import type { Surroundings } from './moves.ts';
import type { CallState } from './state.ts';

/** What a fact may be worth. */
export type Known = string | number | boolean | undefined;

const dayMs = 86_400_000;

/** What is known now under a name that a branch or a `{name}` uses; undefined when nothing is. */
export const known = (name: string, call: CallState, at: Instant, around: Surroundings): Known => {
  const fact = factNamed(name);
  if (fact === undefined) return undefined;
  switch (fact.of) {
    case 'call':
      return ofCall[fact.fact](call);
    case 'attribute':
      return own(call.attributes, fact.name);
    case 'queue':
      return around.figure(fact.queue as QueueId, fact.figure);
    case 'switch':
      return around.isOn(fact.id);
    case 'last-calls':
      return call.lastCalls?.filter((then) => at - then <= fact.days * dayMs).length;
  }
};

const ofCall: Readonly<
  Record<Extract<ReturnType<typeof factNamed>, { of: 'call' }>['fact'], (call: CallState) => Known>
> = {
  'caller.number': ({ ani }) => ani || undefined,
  'caller.name': ({ aniName }) => aniName || undefined,
  dialled: ({ dnis }) => dnis,
  trunk: ({ from, source }) => (from === 'trunk' ? source : undefined),
  language: ({ language }) => language,
  'customer.known': ({ customer }) => (customer === undefined ? undefined : customer !== null),
  'customer.id': ({ customer }) => customer?.id,
  'customer.segment': ({ customer }) => customer?.segment,
  'customer.owner': ({ customer }) => customer?.owner,
  'customer.open-case': ({ customer }) => customer?.openCase,
};

/** Whether a condition holds now. */
export const holds = (condition: Condition, call: CallState, at: Instant, around: Surroundings): boolean => {
  if ('all' in condition) return condition.all.every((each) => holds(each, call, at, around));
  if ('any' in condition) return condition.any.some((each) => holds(each, call, at, around));
  return compares(condition, known(condition.fact, call, at, around), around);
};

const compares = (comparison: Comparison, value: Known, { policy }: Surroundings): boolean => {
  switch (comparison.is) {
    case 'present':
      return value !== undefined && value !== '' && value !== false;
    case 'absent':
      return value === undefined || value === '' || value === false;
    case 'equals':
      return value !== undefined && String(value) === comparison.value;
    case 'starts-with':
      return value !== undefined && String(value).startsWith(comparison.value);
    case 'one-of':
      return value !== undefined && comparison.value.includes(String(value));
    case 'at-least':
      return isNumber(value) && Number(value) >= comparison.value;
    case 'at-most':
      return isNumber(value) && Number(value) <= comparison.value;
    case 'in-list': {
      const key = dialKey(String(value ?? ''));
      return key !== '' && (own(policy.lists, comparison.value) ?? []).some((number) => dialKey(number) === key);
    }
  }
};

/** Digits that a caller keyed in are compared as a number too. */
const isNumber = (value: Known): boolean =>
  typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value));

/** A condition as a person would say it. */
export const inWords = (condition: Condition): string => {
  if ('all' in condition) return condition.all.map(inWords).join(' and ');
  if ('any' in condition) return condition.any.map(inWords).join(' or ');
  if (!('value' in condition)) return `${condition.fact} is ${condition.is}`;
  const { fact, is, value } = condition;
  return `${fact} ${is.replaceAll('-', ' ')} ${Array.isArray(value) ? value.join(', ') : value}`;
};

/** A text with `{name}` replaced by what is known under it; by nothing when nothing is. */
export const filled = (text: string, call: CallState, at: Instant, around: Surroundings): string =>
  text.replaceAll(reference, (_, name: string) => String(known(name, call, at, around) ?? ''));

/** The same for another system's eyes: a secret is revealed. @returns undefined when a secret is not known any more. */
export const filledOpenly = (
  text: string,
  call: CallState,
  at: Instant,
  around: Surroundings,
  write: (value: string) => string = (value) => value,
): string | undefined => {
  let lost = false;
  const said = text.replaceAll(reference, (_, name: string) => {
    const secret = own(call.secrets ?? {}, name.replace(/^attribute:/, ''));
    if (secret === null || (secret !== undefined && !(secret instanceof Secret))) lost = true;
    return write(secret instanceof Secret ? secret.reveal() : String(known(name, call, at, around) ?? ''));
  });
  return lost ? undefined : said;
};

/** The names that a text refers to. */
export const referencesIn = (text: string): readonly string[] =>
  [...text.matchAll(reference)].map(([, name = '']) => name);

const reference = /\{([^{}\s]+)\}/g;

const own = <Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
