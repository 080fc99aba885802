import { recordingOf } from '../../ids.ts';
import type { VoicemailNode } from '../../policy/flow.ts';
import { elapsedMs, type Instant, later } from '../../time.ts';
import type { CallEvent } from '../event.ts';
import { after, end, type Step, stay, strayLeg } from '../moves.ts';
import { sounds } from '../prompt.ts';
import type { CallState, In, NodeProgress } from '../state.ts';
import { answering, doing, endsPlayback, type Going, speak } from './going.ts';

/** How much longer than the longest message is waited for word that it has ended. */
const graceMs = 5000;
/** A message shorter than this is none: the caller has hung up at the beep. */
const shortestMs = 1000;

export const greet = (call: CallState, node: VoicemailNode, going: Going): Step =>
  node.sounds.length === 0
    ? record(call, node, going)
    : speak(call, sounds(node.sounds), (playback) => ({ is: 'greeting', playback }), going);

export const takingMessage = (call: In<'in-flow'>, node: VoicemailNode, event: CallEvent, going: Going): Step => {
  const { doing: progress } = call;
  if (progress.is === 'greeting')
    return endsPlayback(event, progress.playback) ? record(call, node, going) : strayLeg(call, event);
  if (progress.is !== 'recording') return stay(call);
  if (event.type === 'RecordingEnded' && event.recording === progress.recording)
    return kept(call, node, progress, event.durationMs, 'the message is recorded', going);
  if (event.type === 'CommandFailed' && event.recording === progress.recording)
    return going.on(node.next, 'the message could not be recorded', call);
  return event.type === 'DeadlinePassed' && progress.until <= event.at
    ? after(
        [{ type: 'StopRecording', recording: progress.recording }],
        [],
        kept(call, node, progress, node.maxMs, 'the message is as long as it may be', going),
      )
    : strayLeg(call, event);
};

/** The caller hangs up when all has been said: Asterisk keeps what it has recorded so far. */
export const hungUpOnMessage = (call: In<'in-flow'>, node: VoicemailNode, at: Instant, saidEverything: Step): Step => {
  const { doing: progress } = call;
  if (progress.is !== 'recording' || elapsedMs(progress.since, at) < shortestMs) return saidEverything;
  const { recording, since } = progress;
  return after(
    [],
    [{ type: 'VoicemailLeft', box: node.box, recording, durationMs: elapsedMs(since, at) }],
    end(call, at, 'completed-in-flow', 'caller'),
  );
};

const record = (call: CallState, node: VoicemailNode, going: Going): Step => {
  const { at } = going;
  const recording = recordingOf(call.id, call.made + 1);
  return [
    {
      ...doing(call, { is: 'recording', recording, since: at, until: later(at, node.maxMs + graceMs) }, going),
      answered: true,
      made: call.made + 1,
    },
    [
      ...answering(call),
      { type: 'Record', channel: call.caller, recording, maxMs: node.maxMs, silenceMs: node.silenceMs },
    ],
    [],
  ];
};

const kept = (
  call: In<'in-flow'>,
  node: VoicemailNode,
  { recording }: Extract<NodeProgress, { is: 'recording' }>,
  durationMs: number,
  because: string,
  going: Going,
): Step =>
  after(
    [],
    durationMs < shortestMs ? [] : [{ type: 'VoicemailLeft', box: node.box, recording, durationMs }],
    going.on(node.next, durationMs < shortestMs ? 'nothing was said' : because, call),
  );
