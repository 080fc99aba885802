import type { CallState } from '../call/state.ts';
import { type AttemptOutcome, afterAttempt, type Ticket, type TicketOutcome } from '../callback/ticket.ts';
import { ticketFor } from '../callback/tickets.ts';
import type { CallHappening } from '../fact/fact.ts';
import type { TicketId } from '../ids.ts';
import type { Floor } from './floor.ts';
import { ghostOf } from './in-line.ts';
import type { Turn } from './turn.ts';

/** Somebody has been promised a call back. */
export const promise = (
  call: CallState,
  request: Extract<CallHappening, { type: 'CallbackRequested' }>,
  turn: Turn,
  floor: Floor,
): void => {
  const rules = floor.rulesFor(request.queue, call.id, call.policyVersion);
  if (rules === undefined || floor.tickets.for(request.queue, request.number) !== undefined) return;
  const lastPlace = call.lastPlace?.queue === request.queue ? call.lastPlace : undefined;
  const ticket = ticketFor(call, request, lastPlace?.requires ?? rules.requires, turn.at);
  putTicket(undefined, ticket, turn, floor);
};

/** The customer was not reached: another attempt, or none. */
export const missed = (id: TicketId, because: AttemptOutcome, turn: Turn, floor: Floor): void => {
  const ticket = floor.tickets.get(id);
  if (ticket === undefined) return;
  const rules = floor.rulebook.rulesOf(ticket.queue, ticket.policyVersion)?.queue.callback;
  const next =
    rules && afterAttempt(ticket, because, rules, floor.rulebook.of(ticket.policyVersion), turn.at, floor.isOn);
  if (next === undefined) closeTicket(id, 'given-up', turn, floor);
  else putTicket(ticket, next, turn, floor);
};

/** A promise stands in line exactly while it waits. */
export const putTicket = (before: Ticket | undefined, ticket: Ticket, turn: Turn, floor: Floor): void => {
  if (before?.state.is === 'waiting') floor.dispatcher.leave(ghostOf(before));
  floor.tickets.put(ticket);
  if (ticket.state.is === 'waiting') floor.dispatcher.enter(ghostOf(ticket));
  turn.ticket(ticket);
};

export const closeTicket = (id: TicketId, outcome: TicketOutcome, turn: Turn, floor: Floor, by?: string): void => {
  const ticket = floor.tickets.get(id);
  if (ticket === undefined) return;
  if (ticket.state.is === 'waiting') floor.dispatcher.leave(ghostOf(ticket));
  floor.tickets.remove(id);
  turn.ticketClosed(ticket, outcome, by);
};
