import type { Card } from '@cordboard/contracts';
import { type CallFact, elapsedMs } from '@cordboard/core';

/** What makes a card open: a call has been promised to an agent, whose phone is about to ring; or it has come to them. */
export type Opening = Extract<
  CallFact,
  { type: 'AgentOffered' | 'ExtensionRung' | 'ConsultationRung' | 'TransferCompleted' }
>;

/**
 * The card, from facts alone: nothing slow is asked before it is on its way.
 *
 * @param facts of the call so far, in order; the opening may be among them.
 */
export const cardOf = (
  facts: readonly CallFact[],
  opening: Opening,
  names: { queue(id: string): string | undefined; agent(id: string): string | undefined },
): Card => {
  const arrived = facts.find((fact) => fact.type === 'CallArrived');
  const identified = facts.findLast((fact) => fact.type === 'CallerIdentified');
  const spoken = facts.findLast((fact) => fact.type === 'LanguageChosen');
  // Who is asked, or takes over, has the case as it came: by the queue of the first who answered.
  const queued = facts.findLast((fact) => fact.type === 'CallQueued');
  const taken = facts.some((fact) => fact.type === 'TransferRequested');
  const queue = opening.type === 'AgentOffered' ? opening.queue : taken ? (queued?.queue ?? null) : null;
  return {
    call: opening.call,
    ani: arrived?.ani ?? '',
    aniName: arrived?.aniName ?? '',
    dnis: arrived?.dnis ?? '',
    queue: queue === null ? null : { id: queue, name: names.queue(queue) ?? queue },
    waitedMs: waitedMs(facts, opening),
    transfer: transferOf(facts, names.agent),
    language: spoken?.language ?? arrived?.language ?? '',
    path: facts.flatMap(choice),
    attributes: Object.assign({}, ...facts.map(attributesOf)) as Card['attributes'],
    customer: opening.customer ?? identified?.customer ?? null,
    identified: opening.customer !== null || identified !== undefined,
    lateByMs: null,
    history: null,
    openedAt: opening.at,
  };
};

/** Each wait on the way here, and none of the talk between them. */
const waitedMs = (facts: readonly CallFact[], opening: Opening): number => {
  const answers = facts.filter((fact) => fact.type === 'CallAnswered' && fact.n < opening.n);
  const before = answers.reduce((sum, fact) => sum + (fact.type === 'CallAnswered' ? fact.waitedMs : 0), 0);
  if (opening.type === 'AgentOffered') return before + opening.waitedMs;
  if (opening.type === 'TransferCompleted') return before;
  const since = facts.findLast((fact) => fact.type === 'TransferRequested') ?? facts[0];
  return before + elapsedMs(since?.at ?? opening.at, opening.at);
};

const transferOf = (facts: readonly CallFact[], agentName: (id: string) => string | undefined): Card['transfer'] => {
  const requested = facts.findLast((fact) => fact.type === 'TransferRequested');
  if (requested === undefined) return null;
  const { kind, from, by } = requested;
  return { kind, from, by: by === null ? null : { id: by, name: agentName(by) ?? by } };
};

const attributesOf = (fact: CallFact): Card['attributes'] =>
  fact.type === 'AttributesSet' || fact.type === 'CallArrived' ? (fact.attributes ?? {}) : {};

/** `2 → support`: the key and where it led. */
const choice = (fact: CallFact): readonly string[] => {
  if (fact.type !== 'FlowStepped') return [];
  const key = /^pressed (.)$/.exec(fact.because)?.[1];
  return key === undefined ? [] : [`${key} → ${fact.node}`];
};
