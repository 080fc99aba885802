import type { MenuNode } from '../policy/flow.ts';
import { nodeIn } from '../policy/lookup.ts';
import { type Instant, later } from '../time.ts';
import type { CallEvent } from './event.ts';
import { follow, offerMenu } from './follow.ts';
import { after, end, isCallerGone, type Step, type Surroundings, stay, strayLeg } from './moves.ts';
import type { In } from './state.ts';

/** The caller is spoken to, or chooses. */
export const inFlow = (call: In<'in-flow'>, event: CallEvent, around: Surroundings): Step => {
  if (isCallerGone(call, event)) return end(call, event.at, 'abandoned', 'caller');
  const { doing } = call;
  if (doing.is === 'saying') {
    return endsPlayback(event, doing.playback)
      ? follow(call, { flow: call.flow, node: doing.next, because: 'said' }, event.at, around)
      : strayLeg(call, event);
  }
  const menu = nodeIn(around.policy, call.flow, call.node);
  if (menu.kind !== 'menu')
    return follow(call, { flow: call.flow, node: call.node, because: 'the menu is no more' }, event.at, around);
  return inMenu(call, menu, event, around);
};

const inMenu = (call: In<'in-flow'>, menu: MenuNode, event: CallEvent, around: Surroundings): Step => {
  const { doing } = call;
  if (doing.is !== 'in-menu') return stay(call);
  if (event.type === 'DigitPressed' && event.leg === call.caller)
    return pressed(call, menu, event.digit, event.at, around);
  if (doing.playback !== undefined && endsPlayback(event, doing.playback))
    return stay({ ...call, doing: { is: 'in-menu', tries: doing.tries, until: later(event.at, menu.waitMs) } });
  if (event.type === 'DeadlinePassed' && doing.until !== undefined && doing.until <= event.at)
    return again(call, menu, menu.noInputSounds, 'no key pressed', event.at, around);
  return strayLeg(call, event);
};

/** A key ends the prompt at once, and leads on; a wrong one is said to be wrong. */
const pressed = (call: In<'in-flow'>, menu: MenuNode, digit: string, at: Instant, around: Surroundings): Step => {
  const { doing } = call;
  const hush =
    doing.is === 'in-menu' && doing.playback !== undefined
      ? [{ type: 'StopPlaying', playback: doing.playback } as const]
      : [];
  const choice = Object.hasOwn(menu.choices, digit) ? menu.choices[digit] : undefined;
  const then =
    choice === undefined
      ? again(call, menu, menu.invalidSounds, `pressed ${digit}, which is no choice`, at, around)
      : follow(call, { flow: call.flow, node: choice, because: `pressed ${digit}` }, at, around);
  return after(hush, [{ type: 'DigitPressed', node: call.node, accepted: choice !== undefined }], then);
};

/** Once more from the top, until the menu's patience is at its end. */
const again = (
  call: In<'in-flow'>,
  menu: MenuNode,
  said: readonly string[],
  because: string,
  at: Instant,
  around: Surroundings,
): Step => {
  const tries = (call.doing.is === 'in-menu' ? call.doing.tries : 0) + 1;
  return tries >= menu.tries
    ? follow(call, { flow: call.flow, node: menu.otherwise, because: `${because}, ${tries} tries` }, at, around)
    : offerMenu(call, call, menu, [...said, ...menu.sounds], tries, at);
};

/** A prompt that could not be played is over too: a missing sound must not hold a caller for ever. */
const endsPlayback = (event: CallEvent, playback: string): boolean =>
  (event.type === 'PlaybackEnded' && event.playback === playback) ||
  (event.type === 'CommandFailed' && event.playback === playback);
