import { askOf, type NodeId, type RecordingId } from '../../ids.ts';
import type { NodeOf } from '../../policy/flow.ts';
import { Secret } from '../../secret.ts';
import { later } from '../../time.ts';
import type { BoxAnswer, BoxMessage, CallEvent } from '../event.ts';
import { after, type Step, stay, strayLeg } from '../moves.ts';
import { type Prompt, sounds } from '../prompt.ts';
import type { CallState, In, NodeProgress } from '../state.ts';
import { doing, endsPlayback, type Going, hush, ranOut, speak } from './going.ts';

/**
 * Somebody listens to the messages of a box.
 *
 *     asking-pin ──► opening-box ──► listening ──► the next message, until there is none
 *         ▲               │ wrong, up to three times
 *         └───────────────┘
 */
type BoxNode = NodeOf<'box'>;
type AskingPin = Extract<NodeProgress, { is: 'asking-pin' }>;
type Opening = Extract<NodeProgress, { is: 'opening-box' }>;
type Listening = Extract<NodeProgress, { is: 'listening' }>;

const tries = 3;
const waitMs = 5000;
const betweenMs = 3000;
/** How long a PIN may be; whoever keys in more has keyed in a wrong one. */
const longestPin = 8;
/** How long the boxes may take to answer: to check a PIN is slow on purpose. */
const patienceMs = 5000;

export const askPin = (call: CallState, said: readonly string[], failed: number, going: Going): Step =>
  speak(
    call,
    sounds([...said, 'cordboard/enter-pin']),
    (playback) => ({ is: 'asking-pin', playback, tries: failed, digits: new Secret('') }),
    going,
  );

export const atBox = (call: In<'in-flow'>, node: BoxNode, event: CallEvent, going: Going): Step => {
  const { doing: progress } = call;
  switch (progress.is) {
    case 'asking-pin':
      return askingPin(call, node, progress, event, going);
    case 'opening-box':
      return opening(call, node, progress, event, going);
    case 'listening':
      return listening(call, node, progress, event, going);
    default:
      return stay(call);
  }
};

const askingPin = (call: In<'in-flow'>, node: BoxNode, progress: AskingPin, event: CallEvent, going: Going): Step => {
  const { playback, ...silent } = progress;
  if (event.type === 'DigitPressed' && event.leg === call.caller)
    return after(hush(progress), [], keyed(call, node, silent, event.digit, going));
  if (endsPlayback(event, playback)) return stay(doing(call, { ...silent, until: later(event.at, waitMs) }, going));
  if (!ranOut(event, progress)) return strayLeg(call, event);
  return openly(progress) === '' ? again(call, node, progress, going) : open(call, node, progress, going);
};

const keyed = (
  call: In<'in-flow'>,
  node: BoxNode,
  progress: Omit<AskingPin, 'playback'>,
  digit: string,
  going: Going,
): Step => {
  const digits = openly(progress);
  if (digits === undefined) return askPin(call, [], progress.tries, going);
  if (digit === '#') return open(call, node, progress, going);
  const more = /^\d$/.test(digit) && digits.length <= longestPin ? digits + digit : digits;
  return stay(doing(call, { ...progress, digits: new Secret(more), until: later(going.at, betweenMs) }, going));
};

/** undefined: a restart has forgotten what was keyed in. */
const openly = ({ digits }: Pick<AskingPin, 'digits'>): string | undefined =>
  digits instanceof Secret ? digits.reveal() : undefined;

const open = (call: In<'in-flow'>, node: BoxNode, progress: Omit<AskingPin, 'playback'>, going: Going): Step => {
  const digits = openly(progress);
  if (digits === undefined) return askPin(call, [], progress.tries, going);
  const ask = askOf(call.id, call.made + 1);
  const until = later(going.at, patienceMs);
  return [
    { ...doing(call, { is: 'opening-box', ask, until, tries: progress.tries }, going), made: call.made + 1 },
    [{ type: 'OpenBox', ask, box: node.box, pin: new Secret(digits) }],
    [],
  ];
};

const again = (
  call: In<'in-flow'>,
  node: BoxNode,
  { tries: failed }: { readonly tries: number },
  going: Going,
): Step =>
  failed + 1 >= tries
    ? goodbye(call, node, ['cordboard/wrong-pin'], going)
    : askPin(call, ['cordboard/wrong-pin'], failed + 1, going);

const opening = (call: In<'in-flow'>, node: BoxNode, progress: Opening, event: CallEvent, going: Going): Step => {
  if (event.type === 'BoxOpened' && event.ask === progress.ask)
    return opened(call, node, progress, event.answer, going);
  return ranOut(event, progress)
    ? goodbye(call, node, ['cordboard/messages-unavailable'], going)
    : strayLeg(call, event);
};

const opened = (call: In<'in-flow'>, node: BoxNode, progress: Opening, answer: BoxAnswer, going: Going): Step => {
  switch (answer.is) {
    case 'wrong-pin':
      return again(call, node, progress, going);
    case 'locked':
      return goodbye(call, node, ['cordboard/pin-locked'], going);
    case 'no-pin':
      return goodbye(call, node, ['cordboard/no-pin'], going);
    case 'unavailable':
      return goodbye(call, node, ['cordboard/messages-unavailable'], going);
    case 'open': {
      const [first, ...others] = inOrder(answer.messages);
      return first === undefined
        ? goodbye(call, node, ['cordboard/no-messages'], going)
        : play(call, first, others, [], going);
    }
  }
};

/** What has not been heard comes first; then as they came. */
const inOrder = (messages: readonly BoxMessage[]): readonly RecordingId[] =>
  messages
    .toSorted((one, other) => Number(one.heard) - Number(other.heard) || one.leftAt - other.leftAt)
    .map(({ id }) => id);

const listening = (call: In<'in-flow'>, node: BoxNode, progress: Listening, event: CallEvent, going: Going): Step => {
  const { playback, message, others } = progress;
  if (endsPlayback(event, playback)) {
    const { playback: _, ...silent } = progress;
    return after(
      hear(progress),
      [],
      stay(doing(call, { ...silent, isHeard: true, until: later(event.at, waitMs) }, going)),
    );
  }
  if (ranOut(event, progress)) return next(call, node, others, [], going);
  if (event.type !== 'DigitPressed' || event.leg !== call.caller) return strayLeg(call, event);
  switch (event.digit) {
    case '1':
      return after([...hush(progress), ...hear(progress)], [], play(call, message, others, [], going));
    case '2':
      return after(
        [...hush(progress), { type: 'DeleteMessage', message }],
        [],
        next(call, node, others, ['cordboard/message-deleted'], going),
      );
    case '3':
      return after([...hush(progress), ...hear(progress)], [], next(call, node, others, [], going));
    default:
      return stay(call);
  }
};

const hear = ({ message, isHeard }: Listening) => (isHeard ? [] : [{ type: 'HearMessage', message } as const]);

const next = (
  call: In<'in-flow'>,
  node: BoxNode,
  [message, ...others]: readonly RecordingId[],
  said: readonly string[],
  going: Going,
): Step =>
  message === undefined
    ? goodbye(call, node, [...said, 'cordboard/no-more-messages'], going)
    : play(call, message, others, said, going);

const play = (
  call: CallState,
  message: RecordingId,
  others: readonly RecordingId[],
  said: readonly string[],
  going: Going,
): Step => {
  const prompts: readonly Prompt[] = [...sounds(said), { recording: message }, ...sounds(['cordboard/message-keys'])];
  return speak(
    call,
    prompts,
    (playback) => ({ is: 'listening', playback, tries: 0, message, others, isHeard: false }),
    going,
  );
};

const goodbye = (
  call: CallState,
  { next: to }: { readonly next: NodeId },
  said: readonly string[],
  going: Going,
): Step => speak(call, sounds(said), (playback) => ({ is: 'saying', playback, next: to }), going);
