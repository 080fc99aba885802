import type { Card } from '@cordboard/contracts';
import { type CallFact, elapsedMs } from '@cordboard/core';

/** What makes a card open: a call has been promised to an agent, whose phone is about to ring. */
export type Opening = Extract<CallFact, { type: 'AgentOffered' | 'ExtensionRung' }>;

/**
 * The card, from facts alone: nothing slow is asked before it is on its way.
 *
 * @param facts of the call so far, in order; the opening may be among them.
 */
export const cardOf = (
  facts: readonly CallFact[],
  opening: Opening,
  queueName: (id: string) => string | undefined,
): Card => {
  const arrived = facts.find((fact) => fact.type === 'CallArrived');
  const identified = facts.findLast((fact) => fact.type === 'CallerIdentified');
  const spoken = facts.findLast((fact) => fact.type === 'LanguageChosen');
  const queue = opening.type === 'AgentOffered' ? opening.queue : null;
  return {
    call: opening.call,
    ani: arrived?.ani ?? '',
    aniName: arrived?.aniName ?? '',
    dnis: arrived?.dnis ?? '',
    queue: queue === null ? null : { id: queue, name: queueName(queue) ?? queue },
    waitedMs: opening.type === 'AgentOffered' ? opening.waitedMs : elapsedMs(arrived?.at ?? opening.at, opening.at),
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

const attributesOf = (fact: CallFact): Card['attributes'] =>
  fact.type === 'AttributesSet' || fact.type === 'CallArrived' ? (fact.attributes ?? {}) : {};

/** `2 → support`: the key and where it led. */
const choice = (fact: CallFact): readonly string[] => {
  if (fact.type !== 'FlowStepped') return [];
  const key = /^pressed (.)$/.exec(fact.because)?.[1];
  return key === undefined ? [] : [`${key} → ${fact.node}`];
};
