import type { Customer } from '../customer.ts';
import type { AgentId, CallId, Extension, OutsideNumber, QueueId } from '../ids.ts';
import type { Language } from '../policy/language.ts';
import type { Instant } from '../time.ts';
import type { Attributes } from './attributes.ts';
import { nameOf } from './party.ts';
import type { CallState, Direction } from './state.ts';

/** Where a call is, in a word that a board can show. */
export type CallPlace = 'menu' | 'waiting' | 'ringing' | 'talking' | 'ended';

/** A call as everyone outside sees it. */
export interface CallView {
  readonly id: CallId;
  readonly from: 'trunk' | 'phone';
  readonly direction: Direction;
  readonly source: string;
  readonly ani: string;
  readonly aniName: string;
  readonly dnis: string;
  readonly language: Language;
  readonly customer: Customer | null;
  readonly place: CallPlace;
  /** When the call reached this place. */
  readonly since: Instant;
  readonly arrivedAt: Instant;
  readonly queue: QueueId | null;
  /** When it entered the queue; kept while ringing, so that the wait goes on. */
  readonly queuedAt: Instant | null;
  readonly agent: AgentId | null;
  readonly extension: Extension | OutsideNumber | null;
  readonly answeredAt: Instant | null;
  /** One of the parties waits with music. */
  readonly onHold: boolean;
  /** Since when one of them waits so. */
  readonly heldSince: Instant | null;
  /** Whom the agent asks before the call is given to them. */
  readonly consulting: Extension | OutsideNumber | null;
  /** Whether whoever is asked has picked up; their phone rings until then. */
  readonly consultAnswered: boolean;
  /** Who joins the two, or has joined them. */
  readonly third: { readonly party: Extension | OutsideNumber; readonly joined: boolean } | null;
  readonly policyVersion: number;
  readonly attributes: Attributes;
}

/** @returns the call as a board shows it, made from its state alone. */
export const callView = (call: CallState): CallView => ({
  id: call.id,
  from: call.from,
  direction: call.direction,
  source: call.source,
  ani: call.ani,
  aniName: call.aniName,
  dnis: call.dnis,
  language: call.language,
  customer: call.customer ?? null,
  place: placeName(call),
  since: call.phaseSince,
  arrivedAt: call.arrivedAt,
  queue: 'queue' in call ? (call.queue ?? null) : null,
  queuedAt: 'queuedAt' in call ? (call.queuedAt ?? null) : null,
  ...partyOf(call),
  answeredAt: call.phase === 'talking' || call.phase === 'consulting' ? call.phaseSince : null,
  onHold: heldSince(call) !== null,
  heldSince: heldSince(call),
  consulting: call.phase === 'consulting' ? nameOf(call.consult.target) : null,
  consultAnswered: call.phase === 'consulting' && call.consult.answered,
  third:
    call.phase === 'talking' && call.third !== undefined
      ? { party: nameOf(call.third.target), joined: call.third.joined }
      : null,
  policyVersion: call.policyVersion,
  attributes: call.attributes,
});

const heldSince = (call: CallState): Instant | null => {
  if (call.phase === 'consulting') return call.consult.since;
  return call.phase === 'talking' ? (call.held?.since ?? null) : null;
};

/** Whose call it is. While several phones ring at once it is nobody's yet. */
const partyOf = (call: CallState): Pick<CallView, 'agent' | 'extension'> => {
  switch (call.phase) {
    case 'offered': {
      const alone = call.offer.together === 1 ? call.offer.legs[0] : undefined;
      return { agent: alone?.agent ?? null, extension: alone?.extension ?? null };
    }
    case 'calling-back': {
      const { agent, extension } = call.reserved;
      return call.order === 'agent-first' ? { agent, extension } : nobody;
    }
    case 'dialling':
      return {
        agent: call.callerAgent ?? null,
        extension: call.doing.is === 'own-phone' ? call.doing.extension : call.plan.number,
      };
    case 'telling':
      return { agent: call.direction === 'out' ? (call.callerAgent ?? null) : null, extension: null };
    case 'ringing':
    case 'consulting':
    case 'talking':
      return { agent: call.agent ?? null, extension: call.extension ?? null };
    case 'in-flow':
    case 'queued':
    case 'parked':
    case 'ended':
      return nobody;
  }
};

const nobody = { agent: null, extension: null } as const;

const placeName = (call: CallState): CallPlace => {
  switch (call.phase) {
    case 'in-flow':
    case 'telling':
      return 'menu';
    case 'queued':
    case 'parked':
      return 'waiting';
    case 'calling-back':
      return call.order === 'agent-first' ? 'ringing' : 'waiting';
    case 'offered':
    case 'ringing':
    case 'dialling':
      return 'ringing';
    case 'consulting':
    case 'talking':
      return 'talking';
    case 'ended':
      return 'ended';
  }
};
