import { afterRest } from '../callback/ticket.ts';
import type { ExchangeEvent } from './event.ts';
import type { Floor } from './floor.ts';
import type { Outcome } from './outcome.ts';
import { putTicket } from './promises.ts';
import { settle } from './settle.ts';
import { takeBack } from './take.ts';

export const ticketWithdrawn = (
  { ticket: id, by, at }: Extract<ExchangeEvent, { type: 'TicketWithdrawn' }>,
  floor: Floor,
): Outcome => {
  const turn = floor.turn(at);
  if (floor.tickets.get(id) === undefined) return turn.refuse('no-such-callback');
  takeBack(id, 'withdrawn', turn, floor, by);
  return settle(turn, floor);
};

export const ticketDeadlinePassed = (
  { ticket: id, at }: Extract<ExchangeEvent, { type: 'TicketDeadlinePassed' }>,
  floor: Floor,
): Outcome => {
  const turn = floor.turn(at);
  const ticket = floor.tickets.get(id);
  const next = ticket && afterRest(ticket, at);
  if (next !== undefined && next !== ticket) putTicket(ticket, next, turn, floor);
  return settle(turn, floor);
};
