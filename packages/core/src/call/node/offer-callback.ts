import type { CallbackNode } from '../../policy/flow.ts';
import { later } from '../../time.ts';
import type { CallEvent } from '../event.ts';
import { after, type Step, stay, strayLeg } from '../moves.ts';
import { type Prompt, sounds } from '../prompt.ts';
import type { CallbackStage, CallState, In, NodeProgress } from '../state.ts';
import { doing, endsPlayback, type Going, hush, ranOut, speak } from './going.ts';

type Offering = Extract<NodeProgress, { is: 'offering-callback' }>;

/** Offers to call back. */
export const offerCallback = (call: CallState, node: CallbackNode, going: Going): Step =>
  ask(call, node, 'offer', '', 0, going);

export const offeringCallback = (call: In<'in-flow'>, node: CallbackNode, event: CallEvent, going: Going): Step => {
  const progress = call.doing;
  if (progress.is !== 'offering-callback') return stay(call);
  if (event.type === 'DigitPressed' && event.leg === call.caller)
    return after(hush(progress), [], pressed(call, node, progress, event.digit, going));
  if (endsPlayback(event, progress.playback)) {
    const { playback: _, ...rest } = progress;
    return stay(doing(call, { ...rest, until: later(event.at, node.waitMs) }, going));
  }
  if (!ranOut(event, progress)) return strayLeg(call, event);
  return progress.stage === 'number' && isCallable(progress.number)
    ? ask(call, node, 'confirm', progress.number, progress.tries, going)
    : again(call, node, progress, 'no key pressed', going);
};

const pressed = (call: In<'in-flow'>, node: CallbackNode, progress: Offering, digit: string, going: Going): Step => {
  const { stage, number, tries } = progress;
  switch (stage) {
    case 'offer':
      if (digit !== '1') return going.on(node.declined, `pressed ${digit}: no callback wished`, call);
      return isCallable(call.ani)
        ? ask(call, node, 'confirm', call.ani, tries, going)
        : ask(call, node, 'number', '', tries, going);
    case 'number': {
      if (digit === '#')
        return isCallable(number)
          ? ask(call, node, 'confirm', number, tries, going)
          : again(call, node, progress, 'not a number that can be called', going);
      const { playback: _, ...rest } = progress;
      const more = /^\d$/.test(digit) ? (number + digit).slice(0, longest) : number;
      return stay(doing(call, { ...rest, number: more, until: later(going.at, node.waitMs) }, going));
    }
    case 'confirm':
      if (digit === '1') return accept(call, node, number, going);
      return digit === '2'
        ? ask(call, node, 'number', '', tries, going)
        : again(call, node, progress, `pressed ${digit}, which is no choice`, going);
  }
};

/** The ticket keeps the place that the caller had in this line, or takes one now. */
const accept = (call: In<'in-flow'>, node: CallbackNode, number: string, going: Going): Step => {
  const place = call.lastPlace?.queue === node.queue ? call.lastPlace : undefined;
  const boostMs = going.around.queue(node.queue)?.boostMs ?? 0;
  const priority = place?.priority ?? node.priority;
  const queuedAt = place?.queuedAt ?? going.at;
  const virtualArrival = place?.virtualArrival ?? later(going.at, -priority * boostMs);
  return after(
    [],
    [{ type: 'CallbackRequested', queue: node.queue, number, priority, queuedAt, virtualArrival }],
    going.on(node.accepted, 'a callback is promised', call),
  );
};

const ask = (
  call: CallState,
  node: CallbackNode,
  stage: CallbackStage,
  number: string,
  tries: number,
  going: Going,
): Step =>
  speak(
    call,
    promptOf(node, stage, number),
    (playback) => ({ is: 'offering-callback', stage, number, playback, tries }),
    going,
  );

const promptOf = (node: CallbackNode, stage: CallbackStage, number: string): readonly Prompt[] => {
  switch (stage) {
    case 'offer':
      return sounds(node.sounds);
    case 'number':
      return sounds(node.numberSounds);
    case 'confirm':
      return [...sounds(node.confirm.before), { digits: number.replace(/\D/g, '') }, ...sounds(node.confirm.after)];
  }
};

const again = (call: In<'in-flow'>, node: CallbackNode, progress: Offering, because: string, going: Going): Step => {
  const tries = progress.tries + 1;
  return after(
    [],
    [{ type: 'DigitPressed', node: call.node, accepted: false }],
    tries >= node.tries
      ? going.on(node.declined, `${because}, ${tries} tries`, call)
      : ask(call, node, progress.stage, progress.stage === 'number' ? '' : progress.number, tries, going),
  );
};

/** E.164: 15 digits at most, and some room for what has to be dialled before. */
const longest = 18;
const isCallable = (number: string): boolean => /^\+?\d{5,18}$/.test(number);
