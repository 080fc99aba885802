import type { CallFact, Fact } from '@cordboard/core';
import { z } from 'zod';

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

/** What every reader relies on; the rest was written by call control's own types. */
const Envelope = z.union([
  z.looseObject({ type: z.string(), at: z.number(), call: z.string(), n: z.number().int().positive() }),
  z.looseObject({
    type: z.enum(Object.keys(ofNoCall) as (keyof typeof ofNoCall)[]),
    at: z.number(),
    call: z.undefined().optional(),
  }),
]);

/** @throws when the text is not a fact. */
export const parseFact = (text: string | undefined): Fact => {
  if (text === undefined) throw new TypeError('The entry has no field "fact".');
  const fact: unknown = JSON.parse(text);
  Envelope.parse(fact);
  return fact as Fact;
};
