import type { CallEvent } from './event.ts';
import {
  after,
  backInLine,
  common,
  end,
  isCallerGone,
  nextAnnouncement,
  offerOutcome,
  type Step,
  type Surroundings,
  stay,
  strayLeg,
  waitedMs,
} from './moves.ts';
import type { In } from './state.ts';

/** One agent has been reserved and their phone is being rung. The caller still waits, with music. */
export const offered = (call: In<'offered'>, event: CallEvent, around: Surroundings): Step => {
  const { offer } = call;
  if (isCallerGone(call, event)) return callerLeft(call, event);
  switch (event.type) {
    case 'LegRinging':
      return event.leg === offer.leg && !offer.ringing
        ? [
            { ...call, offer: { ...offer, ringing: true } },
            [],
            [{ type: 'PhoneRang', extension: offer.extension, agent: offer.agent }],
          ]
        : stay(call);
    case 'LegAnswered':
      return event.leg === offer.leg ? answered(call, event, around) : strayLeg(call, event);
    case 'LegEnded':
      return event.leg === offer.leg ? backInLine(call, event.at, offerOutcome(event.cause), []) : stay(call);
    case 'CommandFailed':
      if (event.leg === offer.leg) return backInLine(call, event.at, 'unreachable', []);
      return event.playback !== undefined && event.playback === call.announcing ? announced(call, around) : stay(call);
    case 'PlaybackEnded':
      return event.playback === call.announcing ? announced(call, around) : stay(call);
    case 'DeadlinePassed':
      return deadlinePassed(call, event, around);
    default:
      return stay(call);
  }
};

const deadlinePassed = (call: In<'offered'>, { at }: CallEvent, around: Surroundings): Step => {
  if (call.offer.until <= at)
    return backInLine(call, at, 'no-answer', [{ type: 'HangUp', channel: call.offer.leg, cause: 'no-answer' }]);
  if (call.announceAt === undefined || call.announceAt > at) return stay(call);
  const { announceAt: _, ...rest } = call;
  return stay({ ...rest, ...nextAnnouncement(around.queue(call.queue), at) });
};

/** Both into the bridge; whatever the caller was hearing ends. */
const answered = (call: In<'offered'>, { at }: CallEvent, around: Surroundings): Step => {
  const { offer } = call;
  const waited = waitedMs(call, at);
  return [
    {
      ...common(call),
      phase: 'talking',
      leg: offer.leg,
      bridge: offer.bridge,
      extension: offer.extension,
      agent: offer.agent,
      queue: call.queue,
      queuedAt: call.queuedAt,
      wrapUpMs: around.queue(call.queue)?.wrapUpMs ?? 0,
      music: false,
      phaseSince: at,
    },
    [
      // First: Asterisk takes no channel into a bridge before the prompt on it has ended (res/stasis/control.c).
      ...(call.announcing === undefined ? [] : [{ type: 'StopPlaying', playback: call.announcing } as const]),
      { type: 'Connect', bridge: offer.bridge, caller: call.caller, leg: offer.leg, music: call.music },
    ],
    [
      { type: 'OfferEnded', agent: offer.agent, outcome: 'accepted' },
      { type: 'QueueLeft', queue: call.queue, outcome: 'answered', waitedMs: waited },
      { type: 'CallAnswered', agent: offer.agent, extension: offer.extension, queue: call.queue, waitedMs: waited },
    ],
  ];
};

const callerLeft = (call: In<'offered'>, { at }: CallEvent): Step =>
  after(
    [
      { type: 'HangUp', channel: call.offer.leg, cause: 'normal' },
      { type: 'DestroyBridge', bridge: call.offer.bridge },
    ],
    [
      { type: 'OfferEnded', agent: call.offer.agent, outcome: 'caller-left' },
      { type: 'QueueLeft', queue: call.queue, outcome: 'abandoned', waitedMs: waitedMs(call, at) },
    ],
    end(call, at, 'abandoned', 'caller'),
  );

const announced = (call: In<'offered'>, around: Surroundings): Step => {
  const { announcing: _, ...rest } = call;
  return [
    rest,
    [{ type: 'StartMusic', channel: call.caller, music: around.queue(call.queue)?.music ?? 'default' }],
    [],
  ];
};
