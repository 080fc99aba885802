import type { KeptPlace } from '../call/moves.ts';
import type { CallState } from '../call/state.ts';
import type { CallHappening } from '../fact/fact.ts';
import { type CallId, type QueueId, type TicketId, ticketOf } from '../ids.ts';
import type { Levels } from '../policy/queue.ts';
import type { Instant } from '../time.ts';
import { isSameNumber, numberEnd, type Ticket } from './ticket.ts';

/** The promises that have not been kept yet. */
export class Tickets {
  readonly #tickets = new Map<TicketId, Ticket>();
  /** By the end of the number: whoever comes into any queue is looked up here. */
  readonly #byNumber = new Map<string, Set<TicketId>>();

  get all(): ReadonlyMap<TicketId, Ticket> {
    return this.#tickets;
  }

  get(id: TicketId): Ticket | undefined {
    return this.#tickets.get(id);
  }

  put(ticket: Ticket): void {
    this.#tickets.set(ticket.id, ticket);
    const key = numberEnd(ticket.number);
    const known = this.#byNumber.get(key);
    if (known === undefined) this.#byNumber.set(key, new Set([ticket.id]));
    else known.add(ticket.id);
  }

  remove(id: TicketId): void {
    const key = numberEnd(this.#tickets.get(id)?.number ?? '');
    const known = this.#byNumber.get(key);
    known?.delete(id);
    if (known?.size === 0) this.#byNumber.delete(key);
    this.#tickets.delete(id);
  }

  /** The promise to this number in this queue: there is never more than one. */
  for(queue: QueueId, number: string): Ticket | undefined {
    for (const id of this.#byNumber.get(numberEnd(number)) ?? []) {
      const ticket = this.#tickets.get(id);
      if (ticket?.queue === queue && isSameNumber(ticket.number, number)) return ticket;
    }
    return undefined;
  }

  placeOf(queue: QueueId, number: string): KeptPlace | undefined {
    const ticket = this.for(queue, number);
    if (ticket === undefined) return undefined;
    const { id, queuedAt, virtualArrival, priority } = ticket;
    return { ticket: id, queuedAt, virtualArrival, priority };
  }
}

/** @returns the promise that a caller has been given. */
export const ticketFor = (
  call: CallState,
  request: Extract<CallHappening, { type: 'CallbackRequested' }>,
  requires: Levels,
  at: Instant,
): Ticket => ({
  id: ticketOf(call.id, request.queue),
  queue: request.queue,
  number: request.number,
  name: call.customer?.name ?? call.aniName,
  customer: call.customer ?? null,
  language: call.language,
  attributes: call.attributes,
  policyVersion: call.policyVersion,
  openedAt: at,
  queuedAt: request.queuedAt,
  virtualArrival: request.virtualArrival,
  priority: request.priority,
  requires,
  missed: 0,
  made: 0,
  state: { is: 'waiting' },
});

/** Who in line is a promise, and who a caller. */
export const isTicket = (who: CallId | TicketId): who is TicketId => who.startsWith('t');
