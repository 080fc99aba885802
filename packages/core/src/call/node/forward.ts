import { type ForwardOccasion, type ForwardTarget, mostForwards } from '../../exchange/desk.ts';
import type { Extension, OutsideNumber } from '../../ids.ts';
import { numberDialled } from '../../policy/lookup.ts';
import type { PhoneTarget } from '../../policy/roster.ts';
import { after, type Step } from '../moves.ts';
import type { CallState } from '../state.ts';
import type { Going } from './going.ts';

/** How a call goes on that a phone sends on. */
export interface Onward {
  /** Rings another phone in place of this one. */
  ring(target: PhoneTarget, changed: CallState): Step;
  /** Gives up, as if nobody had answered. */
  giveUp(because: string, changed: CallState): Step;
}

/**
 * Sends a call on where the phone says: to another phone, to a number of the policy and its flow, or outside. @returns
 * undefined when the phone says nothing for this occasion.
 */
export const forward = (
  call: CallState,
  extension: Extension,
  occasion: ForwardOccasion,
  going: Going,
  onward: Onward,
): Step | undefined => {
  const target = going.around.deskAt(extension)?.forwarding[occasion];
  if (target === undefined) return undefined;
  const forwards = (call.forwards ?? 0) + 1;
  if (forwards > mostForwards) return onward.giveUp(`sent on ${mostForwards} times already`, call);
  return after(
    [],
    [{ type: 'CallForwarded', extension, to: target.number, occasion }],
    sendOn({ ...call, forwards }, extension, target, going, onward),
  );
};

const sendOn = (
  call: CallState,
  from: Extension,
  { number, trunk }: ForwardTarget,
  { around, begin }: Going,
  onward: Onward,
): Step => {
  if (trunk !== undefined) return onward.ring({ number: number as OutsideNumber, trunk }, call);
  if (around.deskAt(number as Extension) !== undefined) return onward.ring({ extension: number as Extension }, call);
  const known = numberDialled(around.policy, number);
  return known === undefined
    ? onward.giveUp(`extension ${from} sends calls to ${number}, which is no number of the house`, call)
    : begin(known.flow, `extension ${from} sends calls to ${known.name} (${known.number})`, call);
};
