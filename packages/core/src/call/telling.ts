import type { Disposition } from '../fact/disposition.ts';
import { playbackOf } from '../ids.ts';
import { type Instant, later } from '../time.ts';
import type { CallEvent } from './event.ts';
import { common, end, hangUpCaller, isCallerGone, type Step, strayLeg } from './moves.ts';
import { answering, endsPlayback } from './node/going.ts';
import { sounds } from './prompt.ts';
import type { CallState, In } from './state.ts';

/** However a prompt ends, or does not. */
const longestSentenceMs = 30_000;

/** Says to whoever calls why nobody is there, and then hangs up. */
export const tell = (call: CallState, said: readonly string[], disposition: Disposition, at: Instant): Step => {
  const playback = playbackOf(call.id, call.made + 1);
  return [
    {
      ...common(call),
      phase: 'telling',
      playback,
      disposition,
      until: later(at, longestSentenceMs),
      answered: true,
      music: false,
      made: call.made + 1,
      phaseSince: at,
    },
    [
      ...answering(call),
      { type: 'Play', channel: call.caller, playback, prompts: sounds(said), language: call.language },
    ],
    [],
  ];
};

export const telling = (call: In<'telling'>, event: CallEvent): Step => {
  if (isCallerGone(call, event))
    return end(call, event.at, call.disposition, call.from === 'trunk' ? 'caller' : 'agent');
  return endsPlayback(event, call.playback) || (event.type === 'DeadlinePassed' && call.until <= event.at)
    ? hangUpCaller(call, event.at, call.disposition)
    : strayLeg(call, event);
};
