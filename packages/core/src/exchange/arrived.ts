import { begin } from '../call/follow.ts';
import { hangUpCaller, type Step } from '../call/moves.ts';
import type { CallState, Direction } from '../call/state.ts';
import { callOf, type Extension } from '../ids.ts';
import { extensionFlow, numberDialled } from '../policy/lookup.ts';
import type { InboundNumber, Policy } from '../policy/policy.ts';
import { isEmergency } from '../routing/outbound.ts';
import type { Instant } from '../time.ts';
import { objectionTo, turnAway } from './admission.ts';
import { featureCode } from './code-dialled.ts';
import type { Arrival } from './event.ts';
import { boxCode, isFeatureCode } from './feature-code.ts';
import type { Floor } from './floor.ts';
import { arrivalOf, newCall } from './new-call.ts';
import { allowedTo, dialled, planFor, type Wish } from './outbound-desk.ts';
import type { Outcome } from './outcome.ts';
import { settle } from './settle.ts';
import { surroundingsOf } from './surroundings.ts';
import { take } from './take.ts';

/** Somebody calls, from outside or from a phone of the house: where the call begins. */
export const arrived = (arrival: Arrival, at: Instant, floor: Floor): Outcome => {
  const id = callOf(arrival.channel);
  const turn = floor.turn(at);
  if (floor.calls.has(id) || floor.adopted.get(arrival.channel) !== undefined) return turn.outcome();
  const extension = arrival.from === 'phone' ? (arrival.source as Extension) : undefined;
  const caller = extension === undefined ? undefined : floor.seats.at(extension);
  const number = floor.rulebook.current && numberDialled(floor.rulebook.current, arrival.dnis);
  const service = extension !== undefined && isFeatureCode(arrival.dnis);
  const fresh = newCall(id, arrival, at, {
    direction: directionOf(arrival, floor),
    language: number?.language ?? floor.languageOf(caller),
    policyVersion: floor.rulebook.current?.version ?? 0,
    service,
    attributes: number?.attributes ?? {},
    // A code is dialled in a moment; to listen to messages takes longer.
    ...(caller === undefined || (service && arrival.dnis !== boxCode) ? {} : { callerAgent: caller }),
  });
  const call = turn.tell(fresh, [arrivalOf(fresh)]);
  const objection = isLimited(arrival, floor) ? objectionTo(call, arrival, floor) : undefined;
  const { from, ani } = fresh;
  if (objection !== undefined) return turnAway(call, objection, turn, floor);
  if (!service && from === 'trunk' && ani !== '') turn.command(id, [{ type: 'IdentifyCaller', ani }]);
  const first =
    service && extension !== undefined
      ? featureCode(call, extension, turn, floor)
      : firstStep(call, arrival, at, floor);
  take(undefined, first, turn, floor);
  return settle(turn, floor);
};

const firstStep = (call: CallState, arrival: Arrival, at: Instant, floor: Floor): Step => {
  const around = surroundingsOf(call, floor);
  const { dnis, from } = arrival;
  const number = ownNumber(arrival, floor);
  if (number !== undefined) return begin(call, number.flow, `${number.name} (${number.number}) dialled`, at, around);
  if (from === 'trunk') return hangUpCaller(call, at, 'rejected', 'unallocated');
  if (call.direction === 'out') return goOut(call, arrival, at, floor);
  const allowed =
    around.policy.outbound && allowedTo(around.policy.outbound, call.source as Extension, call.callerAgent);
  return allowed?.includes('internal') === false
    ? dialled(call, 'not-permitted', at, around)
    : begin(call, extensionFlow(dnis as Extension), `extension ${dnis} dialled`, at, around);
};

const goOut = (call: CallState, { dnis, read }: Arrival, at: Instant, floor: Floor): Step => {
  const around = surroundingsOf(call, floor);
  if (around.policy.outbound === undefined) return hangUpCaller(call, at, 'rejected', 'unallocated');
  const wish: Wish = {
    dialled: dnis,
    ...(read === undefined ? {} : { read }),
    extension: call.source as Extension,
    ...(call.callerAgent === undefined ? {} : { agent: call.callerAgent }),
    language: call.language,
    at,
  };
  return dialled(call, planFor(wish, around.policy, around.isOn), at, around);
};

/** A number of the house itself, however a phone of the house has dialled it. */
const ownNumber = (
  { dnis, read, from }: Pick<Arrival, 'dnis' | 'read' | 'from'>,
  floor: Floor,
): InboundNumber | undefined => {
  const policy = floor.rulebook.current;
  if (policy === undefined || (from === 'phone' && isForHelp(policy, dnis))) return undefined;
  return numberDialled(policy, dnis) ?? (read && numberDialled(policy, read.number));
};

/** A number that does not exist is no call for anybody, and a call for help comes before everything. */
const isLimited = (arrival: Arrival, floor: Floor): boolean =>
  arrival.from === 'trunk' ? ownNumber(arrival, floor) !== undefined : !isForHelp(floor.rulebook.current, arrival.dnis);

const directionOf = (arrival: Arrival, floor: Floor): Direction => {
  const { from, dnis } = arrival;
  if (from === 'trunk') return 'in';
  if (isForHelp(floor.rulebook.current, dnis)) return 'out';
  const isInside = isFeatureCode(dnis) || floor.desks.has(dnis as Extension) || ownNumber(arrival, floor) !== undefined;
  return isInside ? 'internal' : 'out';
};

const isForHelp = (policy: Policy | undefined, number: string): boolean =>
  policy?.outbound !== undefined && isEmergency(policy.outbound, number);
