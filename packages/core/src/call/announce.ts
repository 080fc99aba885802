import { playbackOf } from '../ids.ts';
import type { Queue } from '../policy/queue.ts';
import type { Instant } from '../time.ts';
import { nextAnnouncement, placeOf, type Step, type Surroundings, stay } from './moves.ts';
import type { Prompt } from './prompt.ts';
import type { In } from './state.ts';

/** Speaks the position when it is better than what was last said, and a wait that is not longer. */
export const announce = (call: In<'queued'>, at: Instant, around: Surroundings): Step => {
  const queue = around.queue(call.queue);
  const { announceAt: _, ...rest } = call;
  const next = { ...rest, ...nextAnnouncement(queue, at) };
  const position = around.position(call.queue, placeOf(call));
  const improved = call.toldPosition === undefined || position < call.toldPosition;
  if (queue === undefined || !improved || call.announcing !== undefined) return stay(next);
  const minutes = waitToTell(call, queue, around.expectedWait(call.queue, position)?.p90Ms);
  const playback = playbackOf(call.id, call.made + 1);
  return [
    {
      ...next,
      made: call.made + 1,
      announcing: playback,
      toldPosition: position,
      ...(minutes === undefined ? {} : { toldMinutes: minutes }),
    },
    [
      {
        type: 'Play',
        channel: call.caller,
        playback,
        prompts: announcement(queue, position, minutes),
        language: call.language,
      },
    ],
    [{ type: 'PositionAnnounced', position, waitMinutes: minutes ?? null }],
  ];
};

/** Whole minutes in which nine of ten have been answered, rounded up; never more than was told before. */
const waitToTell = (call: In<'queued'>, queue: Queue, p90Ms: number | undefined): number | undefined => {
  if (!queue.announce.wait || p90Ms === undefined) return undefined;
  const minutes = Math.max(1, Math.ceil(p90Ms / 60_000));
  return call.toldMinutes !== undefined && minutes > call.toldMinutes ? undefined : minutes;
};

/** Asterisk's own queue sounds, in the words that app_queue.c says them. */
const announcement = (queue: Queue, position: number, minutes: number | undefined): readonly Prompt[] => {
  const place: readonly Prompt[] =
    position === 1
      ? [{ sound: 'queue-youarenext' }]
      : [{ sound: 'queue-thereare' }, { number: position }, { sound: 'queue-callswaiting' }];
  const wait: readonly Prompt[] =
    minutes === undefined
      ? []
      : [{ sound: 'queue-holdtime' }, { number: minutes }, { sound: minutes === 1 ? 'queue-minute' : 'queue-minutes' }];
  return [...(queue.announce.position ? place : []), ...wait, { sound: 'queue-thankyou' }];
};
