import type { CallHappening, OfferOutcome } from '../fact/fact.ts';
import { type AgentId, playbackOf } from '../ids.ts';
import { type Instant, later } from '../time.ts';
import type { Command, HangUpCause } from './command.ts';
import type { CallEvent } from './event.ts';
import { keyLeadsTo, leaveLine, queueNodeOf } from './leave-line.ts';
import {
  after,
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
import type { In, OfferedLeg } from './state.ts';

/** One agent has been reserved and their phone is being rung, or several at once. The caller still waits, with music. */
export const offered = (call: In<'offered'>, event: CallEvent, around: Surroundings): Step => {
  if (isCallerGone(call, event)) return callerLeft(call, event.at);
  switch (event.type) {
    case 'LegRinging':
      return rings(call, event.leg);
    case 'LegAnswered': {
      const leg = call.offer.legs.find((each) => each.leg === event.leg);
      if (leg === undefined) return strayLeg(call, event);
      return leg.contact === undefined ? answered(call, leg, event.at, around) : askToAccept(call, leg, event.at);
    }
    case 'PickedUp':
      return after(
        [{ type: 'Answer', channel: event.leg }],
        [{ type: 'CallPickedUp', extension: event.extension, by: event.by, agent: event.agent ?? null }],
        answered(call, { leg: event.leg, extension: event.by, agent: event.agent }, event.at, around),
      );
    case 'LegEnded':
      return legEnded(call, event.leg, offerOutcome(event.cause), event.at);
    case 'CommandFailed':
      if (event.leg !== undefined) return legEnded(call, event.leg, 'unreachable', event.at);
      return event.playback !== undefined && event.playback === call.announcing ? musicAgain(call) : stay(call);
    case 'PlaybackEnded':
      return event.playback === call.announcing ? musicAgain(call) : stay(call);
    case 'DigitPressed':
      return event.leg === call.caller ? pressed(call, event.digit, event.at, around) : accepting(call, event, around);
    case 'DeadlinePassed':
      return deadlinePassed(call, event, around);
    default:
      return stay(call);
  }
};

const rings = (call: In<'offered'>, leg: string): Step => {
  const { offer } = call;
  const rung = offer.legs.find((each) => each.leg === leg && !each.ringing);
  if (rung === undefined) return stay(call);
  const legs = offer.legs.map((each) => (each === rung ? { ...each, ringing: true } : each));
  return [
    { ...call, offer: { ...offer, legs } },
    [],
    [{ type: 'PhoneRang', extension: rung.extension, agent: rung.agent }],
  ];
};

/** Others may ring on; when none does, the caller is back in line: same queue, same entry, same place. */
const legEnded = (call: In<'offered'>, leg: string, outcome: OfferOutcome, at: Instant): Step => {
  const gone = call.offer.legs.find((each) => each.leg === leg);
  if (gone === undefined) return stay(call);
  const legs = call.offer.legs.filter((each) => each !== gone);
  if (legs.length === 0) return backInLine(call, at, outcome, []);
  return [
    { ...call, offer: { ...call.offer, legs } },
    [],
    [{ type: 'OfferEnded', agent: gone.agent, outcome, left: legs.length }],
  ];
};

const deadlinePassed = (call: In<'offered'>, { at }: CallEvent, around: Surroundings): Step => {
  if (call.offer.until <= at) return backInLine(call, at, 'no-answer', letGo(call.offer.legs, 'no-answer'));
  if (call.announceAt === undefined || call.announceAt > at) return stay(call);
  const { announceAt: _, ...rest } = call;
  return stay({ ...rest, ...nextAnnouncement(around.queue(call.queue), at) });
};

/** Nothing of the wait already served is lost. */
const backInLine = (call: In<'offered'>, at: Instant, outcome: OfferOutcome, commands: readonly Command[]): Step => {
  const { offer, phase: _, ...waiting } = call;
  return [
    { ...waiting, phase: 'queued', phaseSince: at },
    [...commands, { type: 'DestroyBridge', bridge: offer.bridge }],
    ended(offer.legs, outcome),
  ];
};

/** Whoever answers outside may be a voicemail: a person presses 1. */
const askToAccept = (call: In<'offered'>, leg: OfferedLeg, at: Instant): Step => {
  if (leg.accepting !== undefined || leg.contact === undefined) return stay(call);
  const { offer } = call;
  const playback = playbackOf(call.id, call.made + 1);
  const prompt = { sound: 'cordboard/press-1-to-accept' };
  return [
    {
      ...call,
      made: call.made + 1,
      offer: {
        ...offer,
        legs: offer.legs.map((each) => (each === leg ? { ...each, accepting: playback } : each)),
        until: later(at, acceptWithinMs),
      },
    },
    [
      {
        type: 'Play',
        channel: leg.leg,
        playback,
        prompts: Array.from({ length: askedTimes }, () => prompt),
        language: call.language,
      },
    ],
    [{ type: 'ConfirmationAsked', agent: leg.agent, number: leg.contact.number }],
  ];
};

/** The sentence three times, and a moment to think. */
const askedTimes = 3;
const acceptWithinMs = 15_000;

const accepting = (
  call: In<'offered'>,
  { leg: channel, digit, at }: CallEvent & { type: 'DigitPressed' },
  around: Surroundings,
): Step => {
  const leg = call.offer.legs.find((each) => each.leg === channel && each.accepting !== undefined);
  return leg === undefined || digit !== '1' ? stay(call) : answered(call, leg, at, around);
};

/** Who has answered: one of those rung, or somebody at another phone. */
interface Answerer extends Pick<OfferedLeg, 'leg' | 'extension' | 'accepting' | 'contact'> {
  readonly agent: AgentId | undefined;
}

/** Both into the bridge; whatever the caller was hearing ends, and the other phones stop ringing. */
const answered = (call: In<'offered'>, by: Answerer, at: Instant, around: Surroundings): Step => {
  const { offer } = call;
  const waited = waitedMs(call, at);
  const { agent } = by;
  const others = offer.legs.filter((each) => each !== by);
  const afterwards = queueNodeOf(call, around)?.afterwards;
  return [
    {
      ...common(call),
      phase: 'talking',
      leg: by.leg,
      bridge: offer.bridge,
      extension: by.contact?.number ?? by.extension,
      ...(agent === undefined ? {} : { agent }),
      queue: call.queue,
      queuedAt: call.queuedAt,
      wrapUpMs: agent === undefined ? 0 : around.wrapUpMs(call.queue, agent),
      music: false,
      phaseSince: at,
      ...(afterwards === undefined ? {} : { afterwards: { flow: call.flow, node: afterwards } }),
    },
    [
      // First: Asterisk takes no channel into a bridge before the prompt on it has ended (res/stasis/control.c).
      ...(call.announcing === undefined ? [] : [{ type: 'StopPlaying', playback: call.announcing } as const]),
      ...(by.accepting === undefined ? [] : [{ type: 'StopPlaying', playback: by.accepting } as const]),
      { type: 'Connect', bridge: offer.bridge, caller: call.caller, leg: by.leg, music: call.music },
      ...letGo(others, 'answered-elsewhere'),
    ],
    [
      ...(agent === undefined || others.length === offer.legs.length
        ? []
        : [{ type: 'OfferEnded', agent, outcome: 'accepted' } as const]),
      ...others.map((other) => ({ type: 'OfferEnded', agent: other.agent, outcome: 'answered-elsewhere' }) as const),
      {
        type: 'QueueLeft',
        queue: call.queue,
        outcome: 'answered',
        waitedMs: waited,
        ...(agent === undefined ? {} : { answeredBy: agent }),
      },
      {
        type: 'CallAnswered',
        agent: agent ?? null,
        extension: by.contact?.number ?? by.extension,
        queue: call.queue,
        waitedMs: waited,
      },
    ],
  ];
};

const callerLeft = (call: In<'offered'>, at: Instant): Step =>
  after(
    withdrawal(call),
    [
      ...ended(call.offer.legs, 'caller-left'),
      { type: 'QueueLeft', queue: call.queue, outcome: 'abandoned', waitedMs: waitedMs(call, at) },
    ],
    end(call, at, 'abandoned', 'caller'),
  );

/** A key that leads out of the queue does so even while a phone rings. */
const pressed = (call: In<'offered'>, digit: string, at: Instant, around: Surroundings): Step => {
  const to = keyLeadsTo(call, digit, around);
  if (to === undefined) return stay(call);
  return after(
    withdrawal(call),
    [...ended(call.offer.legs, 'caller-left'), { type: 'DigitPressed', node: call.node, accepted: true }],
    leaveLine(call, to, 'key', `pressed ${digit} while waiting`, at, around),
  );
};

const withdrawal = ({ offer }: In<'offered'>): readonly Command[] => [
  ...letGo(offer.legs, 'normal'),
  { type: 'DestroyBridge', bridge: offer.bridge },
];

const letGo = (legs: readonly OfferedLeg[], cause: HangUpCause): readonly Command[] =>
  legs.map(({ leg }) => ({ type: 'HangUp', channel: leg, cause }));

const ended = (legs: readonly OfferedLeg[], outcome: OfferOutcome): readonly CallHappening[] =>
  legs.map(({ agent }, index) => {
    const left = legs.length - index - 1;
    return { type: 'OfferEnded', agent, outcome, ...(left > 0 ? { left } : {}) };
  });

const musicAgain = (call: In<'offered'>): Step => {
  const { announcing: _, ...rest } = call;
  return [rest, [{ type: 'StartMusic', channel: call.caller, music: call.treatment.music }], []];
};
