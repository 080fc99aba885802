import type { Agent } from '../agent/agent.ts';
import { isFree } from '../agent/step.ts';
import { step } from '../call/step.ts';
import type { QueueId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { ExchangeEvent } from './event.ts';
import type { Floor } from './floor.ts';
import { planFor } from './outbound-desk.ts';
import type { Outcome } from './outcome.ts';
import { placeFor } from './parking.ts';
import { settle } from './settle.ts';
import { surroundingsOf } from './surroundings.ts';
import { take } from './take.ts';
import { decidePageTransfer, decidePhoneTransfer, type TransferDecision, type TransferFloor } from './transfers.ts';
import type { Turn } from './turn.ts';

export const transferAsked = (event: Extract<ExchangeEvent, { type: 'TransferAsked' }>, floor: Floor): Outcome => {
  const call = floor.calls.get(event.call);
  const decided =
    call === undefined
      ? ({ refusal: 'no-such-call' } as const)
      : decidePageTransfer(call, event, transferFloor(event.at, floor));
  const turn = floor.turn(event.at);
  if ('refusal' in decided) return turn.refuse(decided.refusal);
  return transfer(decided, turn, floor);
};

/** The phone is told of a refusal and keeps its call; nobody else hears of it. */
export const phoneTransferred = (
  event: Extract<ExchangeEvent, { type: 'PhoneTransferred' }>,
  floor: Floor,
): Outcome => {
  const decided = decidePhoneTransfer(event, transferFloor(event.at, floor));
  const turn = floor.turn(event.at);
  if (!('refusal' in decided)) return transfer(decided, turn, floor);
  turn.command(floor.ownerOf(event.leg), [{ type: 'NotifyTransfer', channel: event.leg, outcome: 'refused' }]);
  return turn.outcome();
};

const transfer = (
  { events, hangUp }: Extract<TransferDecision, { events: unknown }>,
  turn: Turn,
  floor: Floor,
): Outcome => {
  if (hangUp !== undefined) turn.command(floor.ownerOf(hangUp), [{ type: 'HangUp', channel: hangUp, cause: 'normal' }]);
  for (const { call: id, event } of events) {
    const call = floor.calls.get(id);
    if (call === undefined) continue;
    // Whoever goes on talking in another call has nothing to write up of this one.
    const before = event.type === 'MergedInto' && call.phase === 'talking' ? { ...call, wrapUpMs: 0 } : call;
    take(before, step(call, event, surroundingsOf(call, floor)), turn, floor);
  }
  return settle(turn, floor);
};

/** What a transfer may know of the house. */
const transferFloor = (at: Instant, floor: Floor): TransferFloor => ({
  phones: floor.desks,
  callWith: (leg) => floor.calls.get(floor.ownerOf(leg)),
  policyOf: (call) => floor.rulebook.of(call.policyVersion),
  agentAt: (extension) => floor.agentAt(extension),
  phoneOf: (extension) => floor.phoneOf(extension),
  isUndisturbable: (extension) => floor.desks.get(extension)?.doNotDisturb === true,
  placeFor: (wanted) => placeFor(wanted, [...floor.calls.values()]),
  freeIn: (queue) => freeIn(queue, floor)?.extension,
  wayOut: (dialled, read, call, { agent, extension }) =>
    planFor(
      {
        dialled,
        extension,
        language: call.language,
        at,
        ...(read === undefined ? {} : { read }),
        ...(agent === undefined ? {} : { agent }),
      },
      floor.rulebook.of(call.policyVersion),
      floor.isOn,
    ),
});

/** Who of a queue would be asked first at a desk phone. */
const freeIn = (queue: QueueId, floor: Floor): Agent | undefined => {
  const rules = floor.rulebook.queues().get(queue);
  const members = rules === undefined ? [] : floor.dispatcher.membersOf(queue, rules);
  return members
    .flatMap(({ agent: id, penalty }) => {
      const agent = floor.agents.get(id);
      // Whoever works elsewhere has no desk phone to be asked at.
      return agent !== undefined && isFree(agent) && agent.contact === undefined ? [{ agent, penalty }] : [];
    })
    .toSorted((a, b) => a.penalty - b.penalty || a.agent.idleSince - b.agent.idleSince)[0]?.agent;
};
