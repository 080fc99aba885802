import { callBack } from '../call/calling-back.ts';
import { whenOpen, withoutLine } from '../callback/ticket.ts';
import { isTicket } from '../callback/tickets.ts';
import type { CallId, TicketId } from '../ids.ts';
import type { CallbackRules } from '../policy/queue.ts';
import type { Match } from '../routing/dispatcher.ts';
import type { Floor } from './floor.ts';
import type { Outcome } from './outcome.ts';
import { putTicket } from './promises.ts';
import { trunkNow } from './surroundings.ts';
import { happen, take } from './take.ts';
import type { Turn } from './turn.ts';

/**
 * Whoever is free and whoever waits are brought together, until nobody can be served any more; and whoever waits for
 * nobody is let go, where the flow says where to.
 */
export const settle = (turn: Turn, floor: Floor): Outcome => {
  do {
    for (let match = floor.dispatcher.next(turn.at); match !== undefined; match = floor.dispatcher.next(turn.at))
      serve(match, turn, floor);
    leaveEmptied(turn, floor);
  } while (floor.emptied.size > 0 || floor.dispatcher.next(turn.at) !== undefined);
  return turn.outcome();
};

const serve = (match: Match, turn: Turn, floor: Floor): void => {
  if (isTicket(match.who)) {
    makeCallback(match.who, match, turn, floor);
    return;
  }
  const call = floor.calls.get(match.who);
  if (call === undefined) throw new Error(`${match.who} stands in line and is no call`);
  const event = {
    type: 'AgentsReserved',
    at: turn.at,
    agents: match.agents.map(({ id, extension, contact }) => ({
      agent: id,
      extension,
      ...(contact === undefined ? {} : { contact }),
    })),
    decision: match.decision,
    ringForMs: match.rules.ringForMs,
  } as const;
  happen(call, event, turn, floor);
};

/** The turn of a promise has come: outside opening hours it rests, else the call is made. */
const makeCallback = (id: TicketId, match: Match, turn: Turn, floor: Floor): void => {
  const ticket = floor.tickets.get(id);
  const [agent] = match.agents;
  if (ticket === undefined || agent === undefined) throw new Error(`${id} stands in line and is no ticket`);
  const policy = floor.rulebook.of(ticket.policyVersion);
  const opens = whenOpen(match.rules.callback, policy, turn.at, floor.isOn);
  if (opens > turn.at) {
    putTicket(ticket, { ...ticket, state: { is: 'resting', until: opens, because: 'closed' } }, turn, floor);
    return;
  }
  // No agent's phone is to ring for a call that cannot go out.
  if (!hasLineOut(match.rules.callback, floor)) {
    putTicket(ticket, withoutLine(ticket, turn.at), turn, floor);
    return;
  }
  const reserved = {
    agent: agent.id,
    extension: agent.extension,
    decision: match.decision,
    ringForMs: match.rules.ringForMs,
    ...(agent.contact === undefined ? {} : { contact: agent.contact }),
  };
  const position = floor.dispatcher.line(ticket.queue).position({ who: id, virtualArrival: ticket.virtualArrival });
  const attempt = callBack(ticket, match.rules, reserved, position, turn.at, (trunk) => trunkNow(trunk, floor));
  const [{ id: call }] = attempt;
  putTicket(ticket, { ...ticket, made: ticket.made + 1, state: { is: 'calling', call } }, turn, floor);
  take(undefined, attempt, turn, floor);
};

/** Whether a trunk seems able to carry the call; a policy that names none is another fault, and is found by the attempt. */
const hasLineOut = ({ trunks }: CallbackRules, floor: Floor): boolean =>
  trunks.length === 0 ||
  trunks.some((trunk) => {
    const { down, full } = trunkNow(trunk, floor);
    return down === undefined && full === undefined;
  });

/** Queues that have lost the last one who could answer: supervisors are told, and callers are let go. */
const leaveEmptied = (turn: Turn, floor: Floor): void => {
  const emptied = [...floor.emptied];
  floor.emptied.clear();
  for (const queue of emptied) {
    const { signedIn, available } = floor.staff.of(queue);
    if (available > 0) continue;
    const places = [...floor.dispatcher.line(queue)];
    const because = signedIn === 0 ? 'signed-out' : 'paused';
    turn.say({
      type: 'SupervisorAlerted',
      at: turn.at,
      alert: { is: 'nobody-left', queue, because, waiting: places.length },
    });
    for (const { who } of places) {
      const call = floor.calls.get(who as CallId);
      const exit = signedIn === 0 ? 'nobody' : 'paused';
      if (call !== undefined) happen(call, { type: 'LineClosed', at: turn.at, exit }, turn, floor);
    }
  }
};
