import { playbackOf } from '../ids.ts';
import type { Queue } from '../policy/policy.ts';
import { type Instant, later } from '../time.ts';
import type { CallEvent } from './event.ts';
import { follow } from './follow.ts';
import {
  after,
  end,
  isCallerGone,
  nextAnnouncement,
  placeOf,
  ringing,
  type Step,
  type Surroundings,
  stay,
  strayLeg,
  waitedMs,
} from './moves.ts';
import type { Prompt } from './prompt.ts';
import type { In } from './state.ts';

/** The caller waits, with music, and hears from time to time how far they have come. */
export const queued = (call: In<'queued'>, event: CallEvent, around: Surroundings): Step => {
  if (isCallerGone(call, event))
    return after(
      [],
      [{ type: 'QueueLeft', queue: call.queue, outcome: 'abandoned', waitedMs: waitedMs(call, event.at) }],
      end(call, event.at, 'abandoned', 'caller'),
    );
  switch (event.type) {
    case 'AgentReserved':
      return offer(call, event, around);
    case 'PlaybackEnded':
    case 'CommandFailed':
      return call.announcing !== undefined && event.playback === call.announcing
        ? musicAgain(call, around)
        : stay(call);
    case 'DeadlinePassed':
      return deadlinePassed(call, event.at, around);
    default:
      return strayLeg(call, event);
  }
};

const offer = (call: In<'queued'>, event: CallEvent & { type: 'AgentReserved' }, around: Surroundings): Step => {
  const { agent, extension, decision, at } = event;
  const queueName = around.queue(call.queue)?.name ?? call.queue;
  const { leg, bridge, made, command } = ringing(
    call,
    extension,
    call.aniName === '' ? queueName : `${queueName}: ${call.aniName}`,
  );
  const attempt = call.offers + 1;
  return [
    {
      ...call,
      phase: 'offered',
      offers: attempt,
      made,
      phaseSince: at,
      offer: { agent, extension, leg, bridge, until: later(at, event.ringForMs), ringing: false },
    },
    [command],
    [
      {
        type: 'AgentOffered',
        queue: call.queue,
        agent,
        extension,
        attempt,
        waitedMs: waitedMs(call, at),
        decision,
        customer: call.customer ?? null,
      },
    ],
  ];
};

const deadlinePassed = (call: In<'queued'>, at: Instant, around: Surroundings): Step => {
  if (call.leaveAt !== undefined && call.leaveAt <= at) return overflow(call, at, around);
  if (call.announceAt !== undefined && call.announceAt <= at) return announce(call, at, around);
  return stay(call);
};

/** Waited long enough: the way that the flow provides for it. */
const overflow = (call: In<'queued'>, at: Instant, around: Surroundings): Step => {
  const node = around.policy.flows[call.flow]?.nodes[call.node];
  const to = node?.kind === 'queue' ? node.timeout : undefined;
  if (to === undefined) {
    const { leaveAt: _, ...staying } = call;
    return stay(staying);
  }
  const hush = call.announcing === undefined ? [] : [{ type: 'StopPlaying', playback: call.announcing } as const];
  return after(
    hush,
    [{ type: 'QueueLeft', queue: call.queue, outcome: 'overflowed', waitedMs: waitedMs(call, at) }],
    follow(
      call,
      { flow: call.flow, node: to, because: `waited ${Math.round(waitedMs(call, at) / 1000)} s` },
      at,
      around,
    ),
  );
};

/** Speaks the position when it is better than what was last said, and a wait that is not longer. */
const announce = (call: In<'queued'>, at: Instant, around: Surroundings): Step => {
  const queue = around.queue(call.queue);
  const { announceAt: _, ...rest } = call;
  const next = { ...rest, ...nextAnnouncement(queue, at) };
  const position = around.position(call.queue, placeOf(call));
  const improved = call.toldPosition === undefined || position < call.toldPosition;
  if (queue === undefined || !improved || call.announcing !== undefined) return stay(next);
  const minutes = waitToTell(call, queue, around.expectedWaitMs(call.queue, position));
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

/** Whole minutes, rounded up; never more than was told before. */
const waitToTell = (call: In<'queued'>, queue: Queue, expectedMs: number | undefined): number | undefined => {
  if (!queue.announce.wait || expectedMs === undefined) return undefined;
  const minutes = Math.max(1, Math.ceil(expectedMs / 60_000));
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

/** A prompt ends the music on its channel (file.c, ast_openstream); after it the music has to be started again. */
const musicAgain = (call: In<'queued'>, around: Surroundings): Step => {
  const { announcing: _, ...rest } = call;
  const music = around.queue(call.queue)?.music ?? 'default';
  return [rest, [{ type: 'StartMusic', channel: call.caller, music }], []];
};
