import type { CollectNode } from '../../policy/flow.ts';
import { mask, Secret } from '../../secret.ts';
import { later } from '../../time.ts';
import type { CallEvent } from '../event.ts';
import { after, type Step, stay, strayLeg, withAttributes } from '../moves.ts';
import { sounds } from '../prompt.ts';
import type { CallState, In, NodeProgress } from '../state.ts';
import { doing, endsPlayback, type Going, hush, ranOut, speak } from './going.ts';

type Collecting = Extract<NodeProgress, { is: 'collecting' }>;

/** Asks for digits; `tries` have gone before. */
export const beginCollecting = (
  call: CallState,
  node: CollectNode,
  said: readonly string[],
  tries: number,
  going: Going,
): Step =>
  speak(
    call,
    sounds([...said, ...node.sounds]),
    (playback) => ({ is: 'collecting', playback, tries, digits: held(node, ''), confirming: false }),
    going,
  );

export const collecting = (call: In<'in-flow'>, node: CollectNode, event: CallEvent, going: Going): Step => {
  const progress = call.doing;
  if (progress.is !== 'collecting') return stay(call);
  if (event.type === 'DigitPressed' && event.leg === call.caller)
    return after(hush(progress), [], pressed(call, node, progress, event.digit, going));
  if (endsPlayback(event, progress.playback)) {
    const { playback: _, ...rest } = progress;
    return stay(doing(call, { ...rest, until: later(event.at, node.waitMs) }, going));
  }
  return ranOut(event, progress) ? silent(call, node, progress, going) : strayLeg(call, event);
};

const pressed = (call: In<'in-flow'>, node: CollectNode, progress: Collecting, digit: string, going: Going): Step => {
  const digits = openly(progress.digits);
  if (progress.confirming)
    return digit === '1' && digits !== undefined
      ? accept(call, node, digits, going)
      : again(call, node, progress, [], 'did not agree to what was keyed in', going);
  if (digits === undefined) return again(call, node, progress, [], 'what was keyed in is not known any more', going);
  if (digit === node.terminator)
    return digits.length < node.min
      ? tooShort(call, node, progress, going)
      : complete(call, node, progress, digits, going);
  if (!/^\d$/.test(digit))
    return again(call, node, progress, node.invalidSounds, `pressed ${digit}, which is no digit`, going);
  const more = digits + digit;
  if (more.length >= node.max) return complete(call, node, progress, more, going);
  const { playback: _, ...rest } = progress;
  return stay(doing(call, { ...rest, digits: held(node, more), until: later(going.at, node.betweenMs) }, going));
};

/** No more keys: what is there is enough, too little, or nothing. */
const silent = (call: In<'in-flow'>, node: CollectNode, progress: Collecting, going: Going): Step => {
  const digits = openly(progress.digits);
  if (progress.confirming || digits === undefined || digits === '')
    return again(call, node, progress, node.noInputSounds, 'no key pressed', going);
  return digits.length < node.min
    ? tooShort(call, node, progress, going)
    : complete(call, node, progress, digits, going);
};

const tooShort = (call: In<'in-flow'>, node: CollectNode, progress: Collecting, going: Going): Step =>
  again(call, node, progress, node.invalidSounds, `fewer than ${node.min} digits`, going);

/** All is there; where the node asks for it, the caller hears it and agrees. */
const complete = (call: In<'in-flow'>, node: CollectNode, { tries }: Collecting, digits: string, going: Going): Step =>
  node.confirm === undefined || node.secret
    ? accept(call, node, digits, going)
    : speak(
        call,
        [...sounds(node.confirm.before), { digits }, ...sounds(node.confirm.after)],
        (playback) => ({ is: 'collecting', playback, tries, digits, confirming: true }),
        going,
      );

const accept = (call: In<'in-flow'>, node: CollectNode, digits: string, going: Going): Step => {
  const attributes = { [node.attribute]: node.secret ? mask : digits };
  const { secrets = {}, ...rest } = withAttributes(call, attributes);
  const { [node.attribute]: _, ...others } = secrets;
  const kept = node.secret ? { ...others, [node.attribute]: new Secret(digits) } : others;
  return after(
    [],
    [{ type: 'AttributesSet', node: call.node, attributes }],
    going.on(node.next, `${digits.length} digits keyed in`, { ...rest, secrets: kept }),
  );
};

/** Once more from the top, until the node's patience is at its end. */
const again = (
  call: In<'in-flow'>,
  node: CollectNode,
  progress: Collecting,
  said: readonly string[],
  because: string,
  going: Going,
): Step => {
  const tries = progress.tries + 1;
  return after(
    [],
    [{ type: 'DigitPressed', node: call.node, accepted: false }],
    tries >= node.tries
      ? going.on(node.otherwise, `${because}, ${tries} tries`, call)
      : beginCollecting(call, node, said, tries, going),
  );
};

const held = (node: CollectNode, digits: string): string | Secret => (node.secret ? new Secret(digits) : digits);

const openly = (digits: Collecting['digits']): string | undefined => {
  if (typeof digits === 'string') return digits;
  return digits instanceof Secret ? digits.reveal() : undefined;
};
