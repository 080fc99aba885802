import type { MenuNode } from '../../policy/flow.ts';
import { later } from '../../time.ts';
import type { CallEvent } from '../event.ts';
import { after, type Step, stay, strayLeg } from '../moves.ts';
import { sounds } from '../prompt.ts';
import type { Asking, CallState, In } from '../state.ts';
import { doing, endsPlayback, type Going, hush, ranOut, speak } from './going.ts';

/** Plays the menu; `tries` have gone before. */
export const offerMenu = (call: CallState, names: readonly string[], tries: number, going: Going): Step =>
  speak(call, sounds(names), (playback) => ({ is: 'in-menu', playback, tries }), going);

export const inMenu = (call: In<'in-flow'>, menu: MenuNode, event: CallEvent, going: Going): Step => {
  const progress = call.doing;
  if (progress.is !== 'in-menu') return stay(call);
  if (event.type === 'DigitPressed' && event.leg === call.caller)
    return pressed(call, menu, progress, event.digit, going);
  if (endsPlayback(event, progress.playback))
    return stay(doing(call, { is: 'in-menu', tries: progress.tries, until: later(event.at, menu.waitMs) }, going));
  return ranOut(event, progress)
    ? again(call, menu, progress, menu.noInputSounds, 'no key pressed', going)
    : strayLeg(call, event);
};

/** A key ends the prompt at once, and leads on; a wrong one is said to be wrong. */
const pressed = (call: In<'in-flow'>, menu: MenuNode, progress: Asking, digit: string, going: Going): Step => {
  const choice = Object.hasOwn(menu.choices, digit) ? menu.choices[digit] : undefined;
  const then =
    choice === undefined
      ? again(call, menu, progress, menu.invalidSounds, `pressed ${digit}, which is no choice`, going)
      : going.on(choice, `pressed ${digit}`, call);
  return after(hush(progress), [{ type: 'DigitPressed', node: call.node, accepted: choice !== undefined }], then);
};

/** Once more from the top, until the menu's patience is at its end. */
const again = (
  call: In<'in-flow'>,
  menu: MenuNode,
  progress: Asking,
  said: readonly string[],
  because: string,
  going: Going,
): Step => {
  const tries = progress.tries + 1;
  return tries >= menu.tries
    ? going.on(menu.otherwise, `${because}, ${tries} tries`, call)
    : offerMenu(call, [...said, ...menu.sounds], tries, going);
};
