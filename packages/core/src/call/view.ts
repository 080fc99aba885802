import type { Customer } from '../customer.ts';
import type { AgentId, CallId, Extension, OutsideNumber, QueueId } from '../ids.ts';
import type { Language } from '../policy/language.ts';
import type { Instant } from '../time.ts';
import type { Attributes } from './attributes.ts';
import type { CallState, In, OfferedLeg } from './state.ts';

/** Where a call is, in a word that a board can show. */
export type CallPlace = 'menu' | 'waiting' | 'ringing' | 'talking' | 'ended';

/** A call as everyone outside sees it. */
export interface CallView {
  readonly id: CallId;
  readonly from: 'trunk' | 'phone';
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
  readonly policyVersion: number;
  readonly attributes: Attributes;
}

/** @returns the call as a board shows it, made from its state alone. */
export const callView = (call: CallState): CallView => ({
  id: call.id,
  from: call.from,
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
  agent: call.phase === 'offered' ? (rungAlone(call)?.agent ?? null) : 'agent' in call ? (call.agent ?? null) : null,
  extension:
    call.phase === 'offered'
      ? (rungAlone(call)?.extension ?? null)
      : 'extension' in call
        ? (call.extension ?? null)
        : null,
  answeredAt: call.phase === 'talking' ? call.phaseSince : null,
  policyVersion: call.policyVersion,
  attributes: call.attributes,
});

/** While several phones ring at once the call is nobody's yet. */
const rungAlone = ({ offer }: In<'offered'>): OfferedLeg | undefined =>
  offer.together === 1 ? offer.legs[0] : undefined;

const placeName = (call: CallState): CallPlace => {
  switch (call.phase) {
    case 'in-flow':
      return 'menu';
    case 'queued':
      return 'waiting';
    case 'offered':
    case 'ringing':
      return 'ringing';
    case 'talking':
      return 'talking';
    case 'ended':
      return 'ended';
  }
};
