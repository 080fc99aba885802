import type { Customer } from '../customer.ts';
import type { AgentId, CallId, Extension, QueueId } from '../ids.ts';
import type { Language } from '../policy/language.ts';
import type { Instant } from '../time.ts';

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
  readonly extension: Extension | null;
  readonly answeredAt: Instant | null;
  readonly policyVersion: number;
  /** How far the facts of this call have been numbered. */
  readonly facts: number;
}
