import type { Attributes } from '../call/state.ts';
import type { CallFact, Decision, Disposition, OfferOutcome, QueueOutcome } from '../fact/fact.ts';
import type { AgentId, CallId, Extension, FlowId, NodeId, QueueId } from '../ids.ts';
import type { Language } from '../policy/language.ts';
import { elapsedMs, type Instant } from '../time.ts';

/** What was decided about a call, in order, each with its reason: made from its facts and from nothing else. */
export interface Why {
  readonly call: CallId;
  /** False while the call goes on. */
  readonly ended: boolean;
  /** Whether every fact since the call arrived is at hand. */
  readonly complete: boolean;
  readonly steps: readonly WhyStep[];
}

/** `n` is the number of the fact that it was made from. */
export type WhyStep = { readonly n: number; readonly at: Instant } & WhyHappening;

export type WhyHappening =
  | {
      readonly is: 'number-dialled';
      readonly dnis: string;
      readonly ani: string;
      readonly from: 'trunk' | 'phone';
      readonly source: string;
      readonly language: Language;
      readonly policyVersion: number;
    }
  | {
      readonly is: 'caller-identified';
      readonly customer: { readonly id: string; readonly name: string } | null;
      readonly tookMs: number;
    }
  | {
      readonly is: 'node-reached';
      readonly flow: FlowId;
      readonly node: NodeId;
      readonly nodeKind: string;
      readonly because: string;
    }
  | { readonly is: 'attributes-set'; readonly node: NodeId; readonly attributes: Attributes }
  | { readonly is: 'language-chosen'; readonly language: Language }
  | { readonly is: 'key-pressed'; readonly node: NodeId; readonly accepted: boolean }
  | {
      readonly is: 'queued';
      readonly queue: QueueId;
      readonly priority: number;
      readonly virtualArrival: Instant;
      readonly position: number;
    }
  | { readonly is: 'position-announced'; readonly position: number; readonly waitMinutes: number | null }
  | ({
      readonly is: 'offered';
      readonly queue: QueueId;
      readonly agent: AgentId;
      readonly extension: Extension;
      readonly attempt: number;
      readonly waitedMs: number;
      readonly decision: Decision;
    } & Rung)
  | ({ readonly is: 'extension-rung'; readonly extension: Extension; readonly agent: AgentId | null } & Rung)
  | {
      readonly is: 'queue-left';
      readonly queue: QueueId;
      readonly outcome: QueueOutcome;
      readonly waitedMs: number;
    }
  | {
      readonly is: 'answered';
      readonly agent: AgentId | null;
      readonly extension: Extension;
      readonly queue: QueueId | null;
      readonly waitedMs: number;
    }
  | {
      readonly is: 'ended';
      readonly disposition: Disposition;
      readonly endedBy: 'caller' | 'agent' | 'system';
      readonly talkedMs: number;
    };

/** What became of a phone that was asked to ring. */
interface Rung {
  /** From the decision to the phone's own word that it rings; null when it never said so. */
  readonly rangAfterMs: number | null;
  /** null while it is being rung. */
  readonly outcome: OfferOutcome | null;
  readonly afterMs: number | null;
}

/** @param facts of one call, in any order. @returns undefined when there are none. */
export const whyOf = (facts: readonly CallFact[]): Why | undefined => {
  const ordered = facts.toSorted((a, b) => a.n - b.n);
  const [first] = ordered;
  if (first === undefined) return undefined;
  return {
    call: first.call,
    ended: ordered.at(-1)?.type === 'CallEnded',
    complete: ordered.every(({ n }, index) => n === index + 1),
    steps: ordered.flatMap((fact, index) => {
      const happening = happeningOf(fact, ordered.slice(index + 1));
      return happening === undefined ? [] : [{ n: fact.n, at: fact.at, ...happening }];
    }),
  };
};

/** @param later the facts after this one. @returns undefined for a fact that another one's step tells already. */
const happeningOf = (fact: CallFact, later: readonly CallFact[]): WhyHappening | undefined => {
  switch (fact.type) {
    case 'CallArrived': {
      const { dnis, ani, from, source, language, policyVersion } = fact;
      return { is: 'number-dialled', dnis, ani, from, source, language, policyVersion };
    }
    case 'CallerIdentified': {
      const { customer, tookMs } = fact;
      return {
        is: 'caller-identified',
        customer: customer === null ? null : { id: customer.id, name: customer.name },
        tookMs,
      };
    }
    case 'FlowStepped': {
      const { flow, node, kind, because } = fact;
      return { is: 'node-reached', flow, node, nodeKind: kind, because };
    }
    case 'AttributesSet':
      return { is: 'attributes-set', node: fact.node, attributes: fact.attributes };
    case 'LanguageChosen':
      return { is: 'language-chosen', language: fact.language };
    case 'DigitPressed':
      return { is: 'key-pressed', node: fact.node, accepted: fact.accepted };
    case 'CallQueued': {
      const { queue, priority, virtualArrival, position } = fact;
      return { is: 'queued', queue, priority, virtualArrival, position };
    }
    case 'PositionAnnounced':
      return { is: 'position-announced', position: fact.position, waitMinutes: fact.waitMinutes };
    case 'AgentOffered': {
      const { queue, agent, extension, attempt, waitedMs, decision } = fact;
      return { is: 'offered', queue, agent, extension, attempt, waitedMs, decision, ...rung(fact, later) };
    }
    case 'ExtensionRung':
      return { is: 'extension-rung', extension: fact.extension, agent: fact.agent, ...rung(fact, later) };
    case 'QueueLeft':
      return { is: 'queue-left', queue: fact.queue, outcome: fact.outcome, waitedMs: fact.waitedMs };
    case 'CallAnswered': {
      const { agent, extension, queue, waitedMs } = fact;
      return { is: 'answered', agent, extension, queue, waitedMs };
    }
    case 'CallEnded':
      return { is: 'ended', disposition: fact.disposition, endedBy: fact.endedBy, talkedMs: fact.talkedMs };
    case 'PhoneRang':
    case 'OfferEnded':
    case 'ExtensionUnanswered':
      return undefined;
  }
};

/** One phone rings at a time: what comes before the next one is asked belongs to this one. */
const rung = ({ at }: CallFact, later: readonly CallFact[]): Rung => {
  const next = later.findIndex(({ type }) => type === 'AgentOffered' || type === 'ExtensionRung');
  const mine = next === -1 ? later : later.slice(0, next);
  const rang = mine.find(({ type }) => type === 'PhoneRang');
  const end = mine.find((fact) => outcomeTold(fact) !== undefined);
  return {
    rangAfterMs: rang === undefined ? null : elapsedMs(at, rang.at),
    outcome: (end && outcomeTold(end)) ?? null,
    afterMs: end === undefined ? null : elapsedMs(at, end.at),
  };
};

const outcomeTold = (fact: CallFact): OfferOutcome | undefined => {
  switch (fact.type) {
    case 'OfferEnded':
    case 'ExtensionUnanswered':
      return fact.outcome;
    case 'CallAnswered':
      return 'accepted';
    case 'CallEnded':
      return 'caller-left';
    default:
      return undefined;
  }
};
