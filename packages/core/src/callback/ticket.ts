import type { Attributes } from '../call/attributes.ts';
import type { Customer } from '../customer.ts';
import type { CallId, QueueId, TicketId } from '../ids.ts';
import { opensAt } from '../policy/closing.ts';
import { openAt } from '../policy/hours.ts';
import type { Language } from '../policy/language.ts';
import type { Policy } from '../policy/policy.ts';
import type { CallbackRules, Levels } from '../policy/queue.ts';
import { type Instant, later } from '../time.ts';

/**
 * A promise to call somebody back, and their place in line meanwhile: a ghost that is served in its turn.
 *
 *     waiting ──► calling ──► closed: reached
 *      ▲  │          │ the agent did not answer: back in line, same place
 *      │  ▼          ▼ the customer did not answer
 *     resting ◄──────┴──────► closed: given up
 *      no trunk carries a call: it rests too, and no attempt is counted
 *
 * It is closed once and for all by whatever comes first: the customer is reached, rings again, or has been tried in vain
 * often enough; or a supervisor withdraws it. While it is `calling`, one call by name is the attempt, and no other can begin.
 */
export interface Ticket {
  readonly id: TicketId;
  readonly queue: QueueId;
  readonly number: string;
  readonly name: string;
  readonly customer: Customer | null;
  readonly language: Language;
  readonly attributes: Attributes;
  readonly policyVersion: number;
  readonly openedAt: Instant;
  /** The place that the caller had. */
  readonly queuedAt: Instant;
  readonly virtualArrival: Instant;
  readonly priority: number;
  readonly requires: Levels;
  /** How often the customer's phone was rung in vain. */
  readonly missed: number;
  /** The last attempt was cut off. */
  readonly lost?: true;
  /** Counts the calls made for it. */
  readonly made: number;
  readonly state: TicketState;
}

export type TicketState =
  | { readonly is: 'waiting' }
  | { readonly is: 'calling'; readonly call: CallId }
  /** Until the next attempt may be made, or the queue is open again. */
  | { readonly is: 'resting'; readonly until: Instant; readonly because?: RestReason };

/** Why a ticket rests: callbacks are closed, the customer has just been tried, attempts are cut off, or no trunk carries a call. */
export type RestReason = 'closed' | 'no-answer' | 'lost' | 'no-line-out';

/** How a promise came to its end. */
export type TicketOutcome = 'reached' | 'given-up' | 'rang-again' | 'withdrawn';

/** How one attempt came to its end, when it did not reach the customer. */
export type AttemptOutcome =
  /** The agent's phone was not answered: the customer has heard nothing. */
  | 'no-agent'
  | 'no-answer'
  /** No trunk took the call: the customer's phone has not rung. */
  | 'no-line-out'
  /** Cut off by something that was nobody's doing. */
  | 'lost';

/**
 * How long a ticket rests whose attempts were cut off twice in a row, so that a fault that lasts is not tried without end.
 * Cut off once, as by a restart in that very moment, it keeps its turn.
 */
const restAfterLossMs = 5000;

/** How long a ticket rests when no trunk carries a call: it costs the customer no attempt, and may be over soon. */
const restWithoutLineMs = 30_000;

/** Nobody can be called out now: the promise keeps its place, and is looked at again soon. */
export const withoutLine = (ticket: Ticket, at: Instant): Ticket => ({
  ...ticket,
  state: { is: 'resting', until: later(at, restWithoutLineMs), because: 'no-line-out' },
});

/** What an attempt that reached nobody makes of the ticket; undefined: it is given up. */
export const afterAttempt = (
  { lost, ...ticket }: Ticket,
  outcome: AttemptOutcome,
  rules: CallbackRules,
  policy: Policy,
  at: Instant,
  isOn: (id: string) => boolean,
): Ticket | undefined => {
  if (outcome === 'no-agent') return { ...ticket, state: { is: 'waiting' } };
  if (outcome === 'no-line-out') return withoutLine(ticket, at);
  if (outcome === 'lost')
    return {
      ...ticket,
      lost: true,
      state: lost === true ? { is: 'resting', until: later(at, restAfterLossMs), because: 'lost' } : { is: 'waiting' },
    };
  const missed = ticket.missed + 1;
  if (missed >= rules.attempts) return undefined;
  const next = later(at, rules.backOffMs * 2 ** (missed - 1));
  return {
    ...ticket,
    missed,
    state: { is: 'resting', until: whenOpen(rules, policy, next, isOn), because: 'no-answer' },
  };
};

/** Rested enough, or opened again: back in line. */
export const afterRest = (ticket: Ticket, at: Instant): Ticket =>
  ticket.state.is === 'resting' && ticket.state.until <= at ? { ...ticket, state: { is: 'waiting' } } : ticket;

/** When the clock must knock for this ticket. */
export const ticketDeadline = ({ state }: Ticket): Instant | undefined =>
  state.is === 'resting' ? state.until : undefined;

/** That moment, or the next at which callbacks may be made. Where the calendar does not open for a week, a day later. */
export const whenOpen = (
  { calendar: name }: CallbackRules,
  { calendars }: Policy,
  at: Instant,
  isOn: (id: string) => boolean,
): Instant => {
  const calendar = name === undefined ? undefined : calendars[name];
  if (calendar === undefined || openAt(calendar, at, isOn).open) return at;
  // A switch closes until somebody turns it: looked at again after a while.
  const opens = opensAt(calendar, at);
  return opens === undefined || opens === at ? later(at, opens === at ? 15 * 60_000 : 86_400_000) : opens;
};

/** Whether two spellings are one number: the last nine digits decide, so that `06…` is `+336…`. */
export const isSameNumber = (a: string, b: string): boolean => {
  const [one, other] = [digits(a), digits(b)];
  if (one === '' || other === '') return false;
  return one.length < 9 || other.length < 9 ? one === other : one.slice(-9) === other.slice(-9);
};

/** What is the same in all spellings of a number. */
export const numberEnd = (number: string): string => digits(number).slice(-9);

const digits = (number: string): string => number.replaceAll(/\D/g, '');
