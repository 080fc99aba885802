import { ringOwnPhone } from '../call/dialling.ts';
import { legOf, placedOf } from '../ids.ts';
import { isFull } from './admission.ts';
import type { Arrival, ExchangeEvent } from './event.ts';
import type { Floor } from './floor.ts';
import { arrivalOf, newCall } from './new-call.ts';
import { planFor, type Wish } from './outbound-desk.ts';
import type { Outcome } from './outcome.ts';
import { settle } from './settle.ts';
import { take } from './take.ts';

/** A page asks that a phone of the house call somebody: the phone rings first. */
export const callAsked = (asked: Extract<ExchangeEvent, { type: 'CallAsked' }>, floor: Floor): Outcome => {
  const { request, extension, at } = asked;
  const turn = floor.turn(at);
  const id = placedOf(request);
  const agent = floor.seatedAt(extension);
  const policy = floor.rulebook.current;
  if (floor.calls.has(id)) return turn.outcome();
  if (policy === undefined || !floor.desks.has(extension)) return turn.refuse('no-such-phone');
  if (agent?.engaged !== undefined) return turn.refuse('agent-busy');
  if (floor.reachable.get(extension) !== true) return turn.refuse('phone-not-registered');
  const wish: Wish = { language: floor.languageOf(agent?.id), ...asked, ...(agent && { agent: agent.id }) };
  const plan = planFor(wish, policy, floor.isOn);
  if (typeof plan === 'string') return turn.refuse(plan);
  if (plan.class !== 'emergency' && isFull(floor)) return turn.refuse('house-full');
  const arrival: Arrival = {
    channel: legOf(id, 1),
    from: 'phone',
    source: extension,
    ani: extension,
    aniName: agent?.name ?? '',
    dnis: plan.number,
  };
  const fresh = newCall(id, arrival, at, {
    direction: 'out',
    language: wish.language,
    policyVersion: policy.version,
    service: false,
    attributes: {},
    ...(agent === undefined ? {} : { callerAgent: agent.id }),
  });
  const call = turn.tell({ ...fresh, made: 1 }, [arrivalOf(fresh)]);
  take(undefined, ringOwnPhone(call, extension, plan, at), turn, floor);
  return settle(turn, floor);
};
