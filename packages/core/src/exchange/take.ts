import type { Command } from '../call/command.ts';
import { consultationLeft } from '../call/consultation-left.ts';
import type { CallEvent } from '../call/event.ts';
import type { Step } from '../call/moves.ts';
import type { CallState } from '../call/state.ts';
import { step } from '../call/step.ts';
import type { TicketOutcome } from '../callback/ticket.ts';
import type { CallHappening } from '../fact/fact.ts';
import type { TicketId } from '../ids.ts';
import { alertsOf } from './alerts.ts';
import { engage } from './engagement.ts';
import type { Floor } from './floor.ts';
import { inLine } from './in-line.ts';
import { closeTicket, missed, promise } from './promises.ts';
import { surroundingsOf } from './surroundings.ts';
import { tellTrunk } from './trunk-reported.ts';
import type { Turn } from './turn.ts';

/** Something happens to a call: what it becomes is written into the floor. */
export const happen = (call: CallState, event: CallEvent, turn: Turn, floor: Floor): void =>
  take(call, step(call, event, surroundingsOf(call, floor)), turn, floor, event.type === 'LostWithAsterisk');

/**
 * Writes a step into the floor: the call, its place in line, the agents it holds or lets go.
 * @param withAll everybody's channel went with the caller's: nobody of the call is left to talk on
 */
export const take = (
  before: CallState | undefined,
  [stepped, commands, facts]: Step,
  turn: Turn,
  floor: Floor,
  withAll = false,
): void => {
  const next = turn.tell(stepped, facts);
  turn.command(
    next.id,
    commands.map((command) => asPhoneIsSet(command, floor)),
  );
  for (const alert of alertsOf(next, facts, (queue) => floor.rulesFor(queue, next.id, next.policyVersion)))
    turn.say({ type: 'SupervisorAlerted', at: turn.at, alert });
  for (const fact of facts)
    if (fact.type === 'NumberUnanswered' && fact.trunk !== undefined && fact.because !== undefined)
      tellTrunk(floor.trunks.failed(fact.trunk, fact.because, turn.at), turn);
  if (before?.phase === 'queued') floor.dispatcher.leave(inLine(before));
  if (next.phase === 'queued') floor.dispatcher.enter(inLine(next));
  engage(before, next, {
    turn,
    agents: floor.agents,
    rulesFor: (queue, call) => floor.rulesFor(queue, call, next.policyVersion),
  });
  if (before?.phase === 'talking' && next.phase !== 'talking' && before.queue !== undefined)
    turn.pace(floor.expectedWait.handled(before.queue, turn.at - before.phaseSince + before.wrapUpMs));
  if (before?.phase === 'offered' && next.phase === 'talking' && before.expectedMs !== undefined)
    turn.pace(floor.expectedWait.answered(before.queue, before.expectedMs, turn.at - before.queuedAt));
  if (before !== undefined && next.phase === 'ended' && next.disposition === 'lost')
    floor.lostPlaces.keep(before, turn.at);
  if (before?.phase !== 'queued' && next.phase === 'queued') floor.lostPlaces.taken(next.queue, next.ani);
  if (next.phase === 'ended') floor.calls.delete(next.id);
  else floor.calls.set(next.id, next);
  floor.noteLegs(next);
  turn.call(next);
  keepPromises(before, next, facts, turn, floor);
  if (!withAll && before?.phase === 'consulting' && before.consult.answered && next.phase === 'ended')
    take(undefined, consultationLeft(before, turn.at), turn, floor);
};

/** A phone that is to answer by itself is asked to, whoever rings it. */
const asPhoneIsSet = (command: Command, floor: Floor): Command =>
  command.type === 'RingPhone' && floor.desks.get(command.extension)?.autoAnswer === true
    ? { ...command, autoAnswer: true }
    : command;

/** What a call's happenings mean for promises: one given, one taken back by a caller who rings again, one kept or tried in vain. */
const keepPromises = (
  before: CallState | undefined,
  next: CallState,
  happenings: readonly CallHappening[],
  turn: Turn,
  floor: Floor,
): void => {
  for (const happening of happenings)
    if (happening.type === 'CallbackRequested') promise(next, happening, turn, floor);
    else if (happening.type === 'CallbackReclaimed') takeBack(happening.ticket, 'rang-again', turn, floor);
    else if (happening.type === 'CallbackMissed' && happening.because !== 'withdrawn')
      missed(happening.ticket, happening.because, turn, floor);
  if (before?.phase === 'calling-back' && next.phase !== 'calling-back' && next.phase !== 'ended')
    closeTicket(before.ticket, 'reached', turn, floor);
};

/** The promise is closed; whoever is being rung for it is let go. */
export const takeBack = (id: TicketId, outcome: TicketOutcome, turn: Turn, floor: Floor, by?: string): void => {
  const ticket = floor.tickets.get(id);
  closeTicket(id, outcome, turn, floor, by);
  const attempt = ticket?.state.is === 'calling' ? floor.calls.get(ticket.state.call) : undefined;
  if (attempt !== undefined) happen(attempt, { type: 'CallbackWithdrawn', at: turn.at }, turn, floor);
};
