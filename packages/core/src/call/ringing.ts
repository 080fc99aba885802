import type { OfferOutcome } from '../fact/fact.ts';
import { elapsedMs } from '../time.ts';
import type { Command } from './command.ts';
import type { CallEvent } from './event.ts';
import { answering, follow } from './follow.ts';
import {
  after,
  common,
  end,
  isCallerGone,
  offerOutcome,
  type Step,
  type Surroundings,
  stay,
  strayLeg,
} from './moves.ts';
import type { In } from './state.ts';

/** One extension rings, without a queue. */
export const ringing = (call: In<'ringing'>, event: CallEvent, around: Surroundings): Step => {
  if (isCallerGone(call, event)) return after(letGo(call, 'normal'), [], end(call, event.at, 'abandoned', 'caller'));
  switch (event.type) {
    case 'LegRinging':
      return event.leg === call.leg
        ? [call, [], [{ type: 'PhoneRang', extension: call.extension, agent: call.agent ?? null }]]
        : stay(call);
    case 'LegAnswered':
      return event.leg === call.leg ? answered(call, event) : strayLeg(call, event);
    case 'LegEnded':
      return event.leg === call.leg ? unanswered(call, event, offerOutcome(event.cause), around) : stay(call);
    case 'CommandFailed':
      return event.leg === call.leg ? unanswered(call, event, 'unreachable', around) : stay(call);
    case 'DeadlinePassed':
      return call.until <= event.at ? unanswered(call, event, 'no-answer', around) : stay(call);
    default:
      return stay(call);
  }
};

const answered = (call: In<'ringing'>, { at }: CallEvent): Step => [
  {
    ...common(call),
    phase: 'talking',
    leg: call.leg,
    bridge: call.bridge,
    extension: call.extension,
    wrapUpMs: 0,
    answered: true,
    music: false,
    phaseSince: at,
    ...(call.agent === undefined ? {} : { agent: call.agent }),
  },
  [...answering(call), { type: 'Connect', bridge: call.bridge, caller: call.caller, leg: call.leg, music: call.music }],
  [
    {
      type: 'CallAnswered',
      agent: call.agent ?? null,
      extension: call.extension,
      queue: null,
      waitedMs: elapsedMs(call.arrivedAt, at),
    },
  ],
];

const unanswered = (
  call: In<'ringing'>,
  { at, type }: CallEvent,
  outcome: OfferOutcome,
  around: Surroundings,
): Step => {
  const gone: readonly Command[] =
    type === 'DeadlinePassed' ? letGo(call, 'no-answer') : [{ type: 'DestroyBridge', bridge: call.bridge }];
  return after(
    gone,
    [{ type: 'ExtensionUnanswered', extension: call.extension, outcome }],
    follow(
      call,
      { flow: call.flow, node: call.noAnswer, because: `extension ${call.extension}: ${outcome}` },
      at,
      around,
    ),
  );
};

const letGo = (call: In<'ringing'>, cause: 'normal' | 'no-answer'): readonly Command[] => [
  { type: 'HangUp', channel: call.leg, cause },
  { type: 'DestroyBridge', bridge: call.bridge },
];
