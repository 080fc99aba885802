import type { CallFact, Fact } from '@cordboard/core';

/** Facts that are no call's: the compiler keeps the list complete. */
const ofNoCall = {
  AgentChanged: true,
  DeskChanged: true,
  DriftHealed: true,
  ExchangeRecovered: true,
  MemberMoved: true,
  PolicyTaken: true,
  SupervisorAlerted: true,
  SwitchTurned: true,
  TicketChanged: true,
  TicketClosed: true,
  WrapUpCodeGiven: true,
  TrunkChanged: true,
} as const satisfies Record<Exclude<Fact, CallFact>['type'], true>;

/** @throws when the text is not a fact. */
export const parseFact = (text: string | undefined): Fact => {
  if (text === undefined) throw new TypeError('The entry has no field "fact".');
  const fact: unknown = JSON.parse(text);
  if (!isFact(fact)) throw new TypeError('The entry has no type, no date, or no number within its call.');
  return fact;
};

/** What every reader relies on; the rest was written by call control's own types. */
const isFact = (value: unknown): value is Fact => {
  if (typeof value !== 'object' || value === null) return false;
  const { type, at, call, n } = value as { readonly [field in 'type' | 'at' | 'call' | 'n']?: unknown };
  if (typeof type !== 'string' || !Number.isFinite(at)) return false;
  return call === undefined ? Object.hasOwn(ofNoCall, type) : typeof call === 'string' && isPlace(n);
};

const isPlace = (n: unknown): boolean => typeof n === 'number' && Number.isInteger(n) && n > 0;
