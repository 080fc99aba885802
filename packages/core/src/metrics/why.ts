import type { Attributes } from '../call/attributes.ts';
import type { TransferDestination, TransferEnd, TransferKind } from '../call/transfer.ts';
import type { AttemptOutcome } from '../callback/ticket.ts';
import type { ForwardOccasion } from '../exchange/desk.ts';
import type { Decision } from '../fact/decision.ts';
import type { Disposition } from '../fact/disposition.ts';
import type { CallFact, OfferOutcome, QueueOutcome, QueueWayOut } from '../fact/fact.ts';
import type { AgentId, CallId, Extension, FlowId, NodeId, OutsideNumber, QueueId, TicketId } from '../ids.ts';
import type { TreatmentName } from '../policy/admission.ts';
import type { Language } from '../policy/language.ts';
import type { CallClass } from '../policy/outbound.ts';
import type { Levels } from '../policy/queue.ts';
import { wholeDecision } from '../routing/candidates.ts';
import { winnersOf } from '../routing/decision.ts';
import type { OutboundRefusal } from '../routing/outbound.ts';
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
  | { readonly is: 'taken-alone'; readonly extensions: readonly Extension[] }
  | { readonly is: 'turned-away'; readonly treatment: TreatmentName; readonly because: string }
  | { readonly is: 'attributes-set'; readonly node: NodeId; readonly attributes: Attributes }
  | {
      readonly is: 'http-answered';
      readonly node: NodeId;
      readonly ok: boolean;
      readonly because: string;
      readonly tookMs: number;
    }
  | { readonly is: 'voicemail-left'; readonly box: string; readonly recording: string; readonly durationMs: number }
  | { readonly is: 'survey-answered'; readonly question: string; readonly score: number }
  | {
      readonly is: 'callback-requested';
      readonly queue: QueueId;
      readonly number: string;
      readonly virtualArrival: Instant;
    }
  | ({
      readonly is: 'number-rung';
      readonly number: OutsideNumber;
      readonly trunk: string;
      /** What the trunk said when the call did not come about: `answered 503`. */
      readonly because: string | null;
    } & Rung)
  | { readonly is: 'held'; readonly by: 'caller' | 'agent' }
  | { readonly is: 'resumed'; readonly by: 'caller' | 'agent' }
  | {
      readonly is: 'transfer-requested';
      readonly kind: TransferKind;
      readonly by: AgentId | null;
      readonly from: Extension | OutsideNumber;
      readonly to: TransferDestination;
    }
  | ({
      readonly is: 'consultation-rung';
      readonly extension: Extension | OutsideNumber;
      readonly agent: AgentId | null;
    } & Rung)
  | {
      readonly is: 'transfer-completed';
      readonly kind: TransferKind;
      readonly by: AgentId | null;
      readonly agent: AgentId | null;
      readonly extension: Extension | OutsideNumber;
    }
  | { readonly is: 'transfer-cancelled'; readonly kind: TransferKind; readonly because: TransferEnd }
  | { readonly is: 'merged'; readonly into: CallId }
  | {
      readonly is: 'outbound-routed';
      readonly number: OutsideNumber;
      readonly class: CallClass | 'emergency';
      readonly route: string;
      readonly callerId: string;
      readonly because: string;
    }
  | { readonly is: 'outbound-refused'; readonly because: OutboundRefusal }
  | { readonly is: 'trunk-passed'; readonly trunk: string; readonly because: string }
  | {
      readonly is: 'forwarded';
      readonly extension: Extension;
      readonly to: string;
      readonly occasion: ForwardOccasion;
    }
  | {
      readonly is: 'picked-up';
      readonly extension: Extension;
      readonly by: Extension;
      readonly agent: AgentId | null;
    }
  | { readonly is: 'parked'; readonly slot: number; readonly by: Extension }
  | { readonly is: 'parking-ended'; readonly slot: number; readonly outcome: 'fetched' | 'too-long' | 'caller-left' }
  | { readonly is: 'party-rung'; readonly party: Extension | OutsideNumber }
  | { readonly is: 'party-joined'; readonly party: Extension | OutsideNumber }
  | { readonly is: 'party-left'; readonly party: Extension | OutsideNumber }
  | { readonly is: 'confirmation-asked'; readonly agent: AgentId; readonly number: OutsideNumber }
  | { readonly is: 'conversation-ended'; readonly agent: AgentId | null; readonly talkedMs: number }
  | { readonly is: 'language-chosen'; readonly language: Language }
  | { readonly is: 'key-pressed'; readonly node: NodeId; readonly accepted: boolean }
  | {
      readonly is: 'queued';
      readonly queue: QueueId;
      readonly priority: number;
      readonly virtualArrival: Instant;
      readonly position: number;
      readonly requires: Levels;
      /** The customer's own agent, who is asked first. */
      readonly only: AgentId | null;
      readonly because: string | null;
    }
  | { readonly is: 'policy-moved'; readonly policyVersion: number }
  | { readonly is: 'queue-refused'; readonly queue: QueueId; readonly exit: QueueWayOut; readonly because: string }
  | {
      readonly is: 'place-changed';
      readonly queue: QueueId;
      readonly priority: number;
      readonly virtualArrival: Instant;
      readonly position: number;
      readonly because: string;
    }
  | { readonly is: 'requirements-relaxed'; readonly queue: QueueId; readonly requires: Levels; readonly step: number }
  | { readonly is: 'owner-passed'; readonly queue: QueueId; readonly agent: AgentId }
  | { readonly is: 'callback-reclaimed'; readonly ticket: TicketId }
  | {
      readonly is: 'customer-rung';
      readonly number: string;
      readonly trunk: string;
      /** Why this trunk did not bring it about. */
      readonly because: string | null;
    }
  | { readonly is: 'callback-missed'; readonly ticket: TicketId; readonly because: AttemptOutcome | 'withdrawn' }
  | { readonly is: 'position-announced'; readonly position: number; readonly waitMinutes: number | null }
  | ({
      readonly is: 'offered';
      readonly queue: QueueId;
      readonly agent: AgentId;
      readonly extension: Extension;
      readonly attempt: number;
      readonly waitedMs: number;
      readonly decision: Decision;
      /** Whom the scores put first when the decision is made anew from what was written down. */
      readonly winners: readonly AgentId[];
    } & Rung)
  | ({ readonly is: 'extension-rung'; readonly extension: Extension; readonly agent: AgentId | null } & Rung)
  | {
      readonly is: 'queue-left';
      readonly queue: QueueId;
      readonly outcome: QueueOutcome;
      /** The way taken, when it was neither an answer nor the caller hanging up. */
      readonly exit: QueueWayOut | null;
      readonly waitedMs: number;
    }
  | {
      readonly is: 'answered';
      readonly agent: AgentId | null;
      readonly extension: Extension | OutsideNumber;
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
    case 'CallTakenAlone':
      return { is: 'taken-alone', extensions: fact.extensions };
    case 'CallTurnedAway':
      return { is: 'turned-away', treatment: fact.treatment, because: fact.because };
    case 'AttributesSet':
      return { is: 'attributes-set', node: fact.node, attributes: fact.attributes };
    case 'HttpAnswered': {
      const { node, ok, because, tookMs } = fact;
      return { is: 'http-answered', node, ok, because, tookMs };
    }
    case 'VoicemailLeft':
      return { is: 'voicemail-left', box: fact.box, recording: fact.recording, durationMs: fact.durationMs };
    case 'SurveyAnswered':
      return { is: 'survey-answered', question: fact.question, score: fact.score };
    case 'CallbackRequested': {
      const { queue, number, virtualArrival } = fact;
      return { is: 'callback-requested', queue, number, virtualArrival };
    }
    case 'NumberRung':
      return {
        is: 'number-rung',
        number: fact.number,
        trunk: fact.trunk,
        because: unanswered(later)?.because ?? null,
        ...rung(fact, later),
      };
    case 'CallHeld':
      return { is: 'held', by: fact.by };
    case 'CallResumed':
      return { is: 'resumed', by: fact.by };
    case 'TransferRequested':
      return { is: 'transfer-requested', kind: fact.kind, by: fact.by, from: fact.from, to: fact.to };
    case 'ConsultationRung':
      return { is: 'consultation-rung', extension: fact.extension, agent: fact.agent, ...rung(fact, later) };
    case 'TransferCompleted': {
      const { kind, by, agent, extension } = fact;
      return { is: 'transfer-completed', kind, by, agent, extension };
    }
    case 'TransferCancelled':
      return { is: 'transfer-cancelled', kind: fact.kind, because: fact.because };
    case 'CallMerged':
      return { is: 'merged', into: fact.into };
    case 'OutboundRouted': {
      const { number, class: callClass, route, callerId, because } = fact;
      return { is: 'outbound-routed', number, class: callClass, route, callerId, because };
    }
    case 'OutboundRefused':
      return { is: 'outbound-refused', because: fact.because };
    case 'TrunkPassed':
      return { is: 'trunk-passed', trunk: fact.trunk, because: fact.because };
    case 'CallForwarded':
      return { is: 'forwarded', extension: fact.extension, to: fact.to, occasion: fact.occasion };
    case 'CallPickedUp':
      return { is: 'picked-up', extension: fact.extension, by: fact.by, agent: fact.agent };
    case 'CallParked':
      return { is: 'parked', slot: fact.slot, by: fact.by };
    case 'ParkingEnded':
      return { is: 'parking-ended', slot: fact.slot, outcome: fact.outcome };
    case 'PartyRung':
      return { is: 'party-rung', party: fact.party };
    case 'PartyJoined':
      return { is: 'party-joined', party: fact.party };
    case 'PartyLeft':
      return { is: 'party-left', party: fact.party };
    case 'ConfirmationAsked':
      return { is: 'confirmation-asked', agent: fact.agent, number: fact.number };
    case 'ConversationEnded':
      return { is: 'conversation-ended', agent: fact.agent, talkedMs: fact.talkedMs };
    case 'LanguageChosen':
      return { is: 'language-chosen', language: fact.language };
    case 'DigitPressed':
      return { is: 'key-pressed', node: fact.node, accepted: fact.accepted };
    case 'CallQueued': {
      const { queue, priority, virtualArrival, position, requires, only, because } = fact;
      return {
        is: 'queued',
        queue,
        priority,
        virtualArrival,
        position,
        requires: requires ?? {},
        only: only ?? null,
        because: because ?? null,
      };
    }
    case 'PolicyMoved':
      return { is: 'policy-moved', policyVersion: fact.policyVersion };
    case 'QueueRefused':
      return { is: 'queue-refused', queue: fact.queue, exit: fact.exit, because: fact.because };
    case 'PlaceChanged': {
      const { queue, priority, virtualArrival, position, because } = fact;
      return { is: 'place-changed', queue, priority, virtualArrival, position, because };
    }
    case 'RequirementsRelaxed':
      return { is: 'requirements-relaxed', queue: fact.queue, requires: fact.requires, step: fact.step };
    case 'OwnerPassed':
      return { is: 'owner-passed', queue: fact.queue, agent: fact.agent };
    case 'CustomerRung':
      return {
        is: 'customer-rung',
        number: fact.number,
        trunk: fact.trunk,
        because: unanswered(later)?.because ?? null,
      };
    case 'CallbackMissed':
      return { is: 'callback-missed', ticket: fact.ticket, because: fact.because };
    case 'CallbackReclaimed':
      return { is: 'callback-reclaimed', ticket: fact.ticket };
    case 'PositionAnnounced':
      return { is: 'position-announced', position: fact.position, waitMinutes: fact.waitMinutes };
    case 'AgentOffered': {
      const { queue, agent, extension, attempt, waitedMs, decision } = fact;
      return {
        is: 'offered',
        queue,
        agent,
        extension,
        attempt,
        waitedMs,
        decision: wholeDecision(decision),
        winners: winnersOf(decision),
        ...rung(fact, later),
      };
    }
    case 'ExtensionRung':
      return { is: 'extension-rung', extension: fact.extension, agent: fact.agent, ...rung(fact, later) };
    case 'QueueLeft':
      return {
        is: 'queue-left',
        queue: fact.queue,
        outcome: fact.outcome,
        exit: fact.exit ?? null,
        waitedMs: fact.waitedMs,
      };
    case 'CallAnswered': {
      const { agent, extension, queue, waitedMs } = fact;
      return { is: 'answered', agent, extension, queue, waitedMs };
    }
    case 'CallEnded':
      return { is: 'ended', disposition: fact.disposition, endedBy: fact.endedBy, talkedMs: fact.talkedMs };
    case 'ConsultationBegan':
    case 'PhoneRang':
    case 'OfferEnded':
    case 'MessageSaid':
    case 'ExtensionUnanswered':
    case 'NumberUnanswered':
      return undefined;
  }
};

/**
 * What comes before the next phone is asked belongs to this one; of phones that ring at once each has what is told of its
 * own number.
 */
const rung = (asked: CallFact, later: readonly CallFact[]): Rung => {
  const together = 'together' in asked && (asked.together ?? 1) > 1;
  const next = later.findIndex((fact) => isAsked(fact) && !(together && fact.at === asked.at));
  const mine = (next === -1 ? later : later.slice(0, next)).filter(
    (fact) => (!together || isAbout(fact, asked)) && !(asked.type === 'AgentOffered' && isOfCustomer(fact)),
  );
  const rang = mine.find(({ type }) => type === 'PhoneRang');
  const end = mine.find((fact) => outcomeTold(fact) !== undefined);
  return {
    rangAfterMs: rang === undefined ? null : elapsedMs(asked.at, rang.at),
    outcome: (end && outcomeTold(end)) ?? null,
    afterMs: end === undefined ? null : elapsedMs(asked.at, end.at),
  };
};

/** What became of a number that was rung, before the next was. */
const unanswered = (later: readonly CallFact[]) => {
  const next = later.findIndex((fact) => isAsked(fact) || fact.type === 'CustomerRung');
  return (next === -1 ? later : later.slice(0, next)).find((fact) => fact.type === 'NumberUnanswered');
};

/** How a customer was not reached who is being called back says nothing of the agent's phone. */
const isOfCustomer = ({ type }: CallFact): boolean => type === 'NumberUnanswered';

const isAsked = ({ type }: CallFact): boolean =>
  type === 'AgentOffered' || type === 'ExtensionRung' || type === 'NumberRung' || type === 'ConsultationRung';

const isAbout = (fact: CallFact, asked: CallFact): boolean => {
  if (fact.type === 'CallEnded') return true;
  if (asked.type === 'AgentOffered' && fact.type === 'OfferEnded') return fact.agent === asked.agent;
  return 'extension' in fact && 'extension' in asked && fact.extension === asked.extension;
};

const outcomeTold = (fact: CallFact): OfferOutcome | undefined => {
  switch (fact.type) {
    case 'OfferEnded':
    case 'ExtensionUnanswered':
    case 'NumberUnanswered':
      return fact.outcome;
    case 'CallAnswered':
    case 'ConsultationBegan':
    // The agent who asked for the call has picked up, and it goes out.
    case 'OutboundRouted':
      return 'accepted';
    case 'TransferCancelled':
      return endings[fact.because];
    case 'CallEnded':
      return 'caller-left';
    default:
      return undefined;
  }
};

/** What the end of a transfer says of the phone that was rung for it. */
const endings: Readonly<Record<TransferEnd, OfferOutcome>> = {
  asked: 'caller-left',
  returned: 'accepted',
  'caller-left': 'caller-left',
  'target-left': 'accepted',
  'no-answer': 'no-answer',
  refused: 'refused',
  unreachable: 'unreachable',
  lost: 'lost',
};
