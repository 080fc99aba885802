import { type FlowId, type NodeId, type PlaybackId, playbackOf } from '../../ids.ts';
import type { Instant } from '../../time.ts';
import type { Command } from '../command.ts';
import type { CallEvent } from '../event.ts';
import { common, type Step, type Surroundings } from '../moves.ts';
import type { Prompt } from '../prompt.ts';
import type { Asking, CallState, NodeProgress } from '../state.ts';

/** Where a call is in its flow, what it may know, and how it goes on: what every node is given. */
export interface Going {
  readonly flow: FlowId;
  readonly node: NodeId;
  readonly at: Instant;
  readonly around: Surroundings;
  /** Leads on to another node of the flow. */
  on(to: NodeId, because: string, changed: CallState): Step;
  /** Leads into another flow, from its start. */
  begin(flow: FlowId, because: string, changed: CallState): Step;
}

/** Stays at the node, doing this. */
export const doing = (
  call: CallState,
  progress: NodeProgress,
  { flow, node, at }: Going,
): Extract<CallState, { phase: 'in-flow' }> => ({
  ...common(call),
  phase: 'in-flow',
  flow,
  node,
  doing: progress,
  phaseSince: call.phase === 'in-flow' ? call.phaseSince : at,
});

/** Says something to the caller; what is being done meanwhile is made with the playback's id. */
export const speak = (
  call: CallState,
  prompts: readonly Prompt[],
  progress: (playback: PlaybackId) => NodeProgress,
  going: Going,
): Step => {
  const playback = playbackOf(call.id, call.made + 1);
  return [
    { ...doing(call, progress(playback), going), answered: true, made: call.made + 1 },
    [...answering(call), { type: 'Play', channel: call.caller, playback, prompts, language: call.language }],
    [],
  ];
};

/** Asterisk answers once; a call already answered is not asked again. */
export const answering = (call: CallState): readonly Command[] =>
  call.answered ? [] : [{ type: 'Answer', channel: call.caller }];

/** Who waits for something unheard hears that it goes on. */
export const ringback = (call: CallState): readonly Command[] =>
  call.answered ? [] : [{ type: 'IndicateRinging', channel: call.caller }];

/** A key ends the prompt at once. */
export const hush = ({ playback }: Pick<Asking, 'playback'>): readonly Command[] =>
  playback === undefined ? [] : [{ type: 'StopPlaying', playback }];

/** A prompt that could not be played is over too: a missing sound must not hold a caller for ever. */
export const endsPlayback = (event: CallEvent, playback: PlaybackId | undefined): boolean =>
  playback !== undefined &&
  ((event.type === 'PlaybackEnded' && event.playback === playback) ||
    (event.type === 'CommandFailed' && event.playback === playback));

/** Whether a wait for a key has come to its end. */
export const ranOut = (event: CallEvent, { until }: Pick<Asking, 'until'>): boolean =>
  event.type === 'DeadlinePassed' && until !== undefined && until <= event.at;
