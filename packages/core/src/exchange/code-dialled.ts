import { begin, say } from '../call/follow.ts';
import { end, type Step, stay } from '../call/moves.ts';
import type { Going } from '../call/node/going.ts';
import type { CallState } from '../call/state.ts';
import type { Extension, NodeId } from '../ids.ts';
import { boxFlow, featureFlow, numberDialled } from '../policy/lookup.ts';
import { type DeskCode, deskCode, obeyed } from './desk-code.ts';
import { boxCode, featureRequest, isSwitchCode, seatDialled, spokenAnswer } from './feature-code.ts';
import type { Floor } from './floor.ts';
import { parkedIn, slotDialled } from './parking.ts';
import { pickUpDialled, rings } from './pick-up.ts';
import { putAgent, sitDown } from './seating.ts';
import { setDesk } from './set-desk.ts';
import { surroundingsOf } from './surroundings.ts';
import { turnSwitch } from './switch-turned.ts';
import { switchDialled } from './switchboard.ts';
import { happen } from './take.ts';
import type { Turn } from './turn.ts';

/** What a phone dials to ask something of the house itself is done, and answered by voice. */
export const featureCode = (call: CallState, extension: Extension, turn: Turn, floor: Floor): Step => {
  if (call.dnis === boxCode)
    return begin(call, boxFlow(extension), `${boxCode} dialled`, turn.at, surroundingsOf(call, floor));
  const agent = floor.seatedAt(extension);
  const request = agent && featureRequest(call.dnis, agent);
  const going: Going = {
    flow: featureFlow,
    node: 'say' as NodeId,
    at: turn.at,
    around: surroundingsOf(call, floor),
    on: (_, __, changed) => stay(changed),
    begin: (_, __, changed) => stay(changed),
  };
  const answer = (sound: string): Step => say(call, [sound], 'end' as NodeId, going);
  const setting = deskCode(call.dnis);
  if (setting !== undefined) return answer(deskDialled(extension, setting, turn, floor));
  const wanted = pickUpDialled(call.dnis);
  if (wanted !== undefined)
    return pickUp(call, extension, wanted, turn, floor) ?? answer('cordboard/nothing-to-pick-up');
  const slot = slotDialled(call.dnis);
  if (slot !== undefined) return fetch(call, extension, slot, turn, floor) ?? answer('cordboard/nothing-parked');
  if (isSwitchCode(call.dnis)) {
    const id = switchDialled(floor.rulebook.current, call.dnis);
    if (id === undefined) return answer('cordboard/no-such-switch');
    const on = !floor.switches.isOn(id);
    turnSwitch(id, on, `phone ${extension}`, turn, floor);
    return answer(on ? 'cordboard/switch-on' : 'cordboard/switch-off');
  }
  const home = seatDialled(call.dnis);
  if (home !== undefined) return answer(sitDown(home, extension, turn, floor));
  if (agent === undefined || request === undefined) return answer('cordboard/not-an-agent');
  const { sound, result } = spokenAnswer(agent, request, turn.at);
  if (typeof result !== 'string') putAgent(result, `${call.dnis} at phone ${extension}`, request, turn, floor);
  return answer(sound);
};

/** The phone that dialled has the call that rings at another; its own dialling is over. @returns undefined when none rings there. */
const pickUp = (
  dialling: CallState,
  by: Extension,
  extension: Extension,
  turn: Turn,
  floor: Floor,
): Step | undefined => {
  const call = [...floor.calls.values()].find((each) => rings(each, extension));
  if (call === undefined) return undefined;
  const agent = floor.seats.at(by);
  const event = {
    type: 'PickedUp',
    at: turn.at,
    leg: dialling.caller,
    by,
    extension,
    ...(agent === undefined ? {} : { agent }),
  } as const;
  happen(call, event, turn, floor);
  return end(dialling, turn.at, 'completed-in-flow', 'system');
};

/** The phone that dialled a place has the call that is parked there. @returns undefined when none is. */
const fetch = (dialling: CallState, by: Extension, slot: number, turn: Turn, floor: Floor): Step | undefined => {
  const call = parkedIn(floor.calls.values(), slot);
  if (call === undefined) return undefined;
  const agent = floor.seats.at(by);
  const event = {
    type: 'FetchedBy',
    at: turn.at,
    leg: dialling.caller,
    by,
    ...(agent === undefined ? {} : { agent }),
  } as const;
  happen(call, event, turn, floor);
  return end(dialling, turn.at, 'completed-in-flow', 'system');
};

/** What a phone dialled to set itself is done, or not. @returns what the phone says. */
const deskDialled = (extension: Extension, code: DeskCode, turn: Turn, floor: Floor): string => {
  const desk = floor.desks.get(extension);
  if (desk === undefined) return 'cordboard/unknown-number';
  if (code.to === 'forward' && !isInside(code.target.number, extension, floor)) return 'cordboard/unknown-number';
  const { desk: changed, sound } = obeyed(desk, code);
  setDesk(extension, changed, 'phone', turn, floor);
  const agent = floor.seatedAt(extension);
  if (agent !== undefined) turn.agent({ ...agent, doNotDisturb: changed.doNotDisturb }, `${code.to} at the phone`);
  return sound;
};

/** A number of the house, and not the phone itself. */
const isInside = (number: string, self: Extension, floor: Floor): boolean => {
  if (number === self) return false;
  const { current } = floor.rulebook;
  return (
    floor.desks.has(number as Extension) || (current !== undefined && numberDialled(current, number) !== undefined)
  );
};
