import { step } from '../call/step.ts';
import type { QueueOutline } from '../fact/fact.ts';
import type { QueueId } from '../ids.ts';
import { queueIds } from '../policy/check.ts';
import type { Policy } from '../policy/policy.ts';
import type { ExchangeEvent } from './event.ts';
import type { Floor } from './floor.ts';
import type { Outcome } from './outcome.ts';
import { settle } from './settle.ts';
import { surroundingsOf } from './surroundings.ts';
import { take } from './take.ts';

/** From now on calls come in under this policy; those who wait go by it only when asked. */
export const policyPublished = (
  { policy, at, moveWaiting }: Extract<ExchangeEvent, { type: 'PolicyPublished' }>,
  floor: Floor,
): Outcome => {
  const turn = floor.turn(at);
  floor.rulebook.publish(policy);
  floor.rulebook.forgetAllBut(
    new Set([...floor.calls.values(), ...floor.tickets.all.values()].map(({ policyVersion }) => policyVersion)),
  );
  floor.dispatcher.rulesChanged((version) => floor.rulebook.has(version));
  floor.countStaff();
  turn.say({
    type: 'PolicyTaken',
    at,
    version: policy.version,
    timeZone: policy.timeZone,
    queues: queueIds(policy).map((id) => outline(id, policy, floor)),
  });
  if (moveWaiting === true)
    for (const call of [...floor.calls.values()])
      if (call.phase === 'queued' && call.policyVersion !== policy.version)
        take(
          call,
          step(
            call,
            { type: 'PolicyMoved', at, version: policy.version },
            surroundingsOf({ ...call, policyVersion: policy.version }, floor),
          ),
          turn,
          floor,
        );
  return settle(turn, floor);
};

const outline = (id: QueueId, { queues }: Policy, floor: Floor): QueueOutline => {
  const queue = queues[id];
  return {
    id,
    name: queue?.name ?? id,
    answerWithinMs: queue?.target.answerWithinMs ?? 0,
    goal: queue?.target.goal ?? 0,
    shortAbandonMs: queue?.shortAbandonMs ?? 0,
    members: queue === undefined ? [] : floor.dispatcher.membersOf(id, queue).map(({ agent }) => agent),
  };
};
