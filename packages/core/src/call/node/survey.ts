import type { SurveyNode } from '../../policy/flow.ts';
import { later } from '../../time.ts';
import type { CallEvent } from '../event.ts';
import { after, type Step, stay, strayLeg } from '../moves.ts';
import { sounds } from '../prompt.ts';
import type { Asking, CallState, In } from '../state.ts';
import { doing, endsPlayback, type Going, hush, ranOut, speak } from './going.ts';

/** Asks for one key, 1 to 5; `tries` have gone before. */
export const askSurvey = (
  call: CallState,
  node: SurveyNode,
  said: readonly string[],
  tries: number,
  going: Going,
): Step => speak(call, sounds([...said, ...node.sounds]), (playback) => ({ is: 'surveying', playback, tries }), going);

export const surveying = (call: In<'in-flow'>, node: SurveyNode, event: CallEvent, going: Going): Step => {
  const progress = call.doing;
  if (progress.is !== 'surveying') return stay(call);
  if (event.type === 'DigitPressed' && event.leg === call.caller) {
    const score = /^[1-5]$/.test(event.digit) ? Number(event.digit) : undefined;
    return after(
      hush(progress),
      score === undefined
        ? [{ type: 'DigitPressed', node: call.node, accepted: false }]
        : [{ type: 'SurveyAnswered', question: node.question, score, agent: call.talked?.agent ?? null }],
      score === undefined
        ? again(call, node, progress, node.invalidSounds, 'pressed no number from 1 to 5', going)
        : going.on(node.next, `answered ${score}`, call),
    );
  }
  if (endsPlayback(event, progress.playback))
    return stay(doing(call, { is: 'surveying', tries: progress.tries, until: later(event.at, node.waitMs) }, going));
  return ranOut(event, progress) ? again(call, node, progress, [], 'no key pressed', going) : strayLeg(call, event);
};

const again = (
  call: In<'in-flow'>,
  node: SurveyNode,
  progress: Asking,
  said: readonly string[],
  because: string,
  going: Going,
): Step => {
  const tries = progress.tries + 1;
  return tries >= node.tries
    ? going.on(node.next, `${because}, ${tries} tries`, call)
    : askSurvey(call, node, said, tries, going);
};
