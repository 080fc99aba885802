import { bridgeOf, type Extension, playbackOf } from '../ids.ts';
import { extensionFlow } from '../policy/lookup.ts';
import { elapsedMs, later } from '../time.ts';
import type { Command } from './command.ts';
import type { CallEvent } from './event.ts';
import { begin } from './follow.ts';
import { after, common, end, isCallerGone, type Step, type Surroundings, stay, strayLeg } from './moves.ts';
import type { In } from './state.ts';

/** Where the policy does not say it. */
const parkForMs = 120_000;
const music = 'default';

/** The one who talked lets go: the caller hears music, and the phone is told the place before it is let go. */
export const park = (
  call: In<'talking'>,
  { at, slot }: CallEvent & { type: 'Parked' },
  { policy }: Surroundings,
): Step => {
  const agent = call.agent ?? null;
  const talkedMs = elapsedMs(call.phaseSince, at);
  const playback = playbackOf(call.id, call.made + 1);
  const by = call.extension as Extension;
  return [
    {
      ...common(call),
      talked: { agent, ms: talkedMs + (call.talked?.ms ?? 0) },
      phase: 'parked',
      phaseSince: at,
      music: true,
      made: call.made + 1,
      slot,
      by,
      telling: { leg: call.leg, playback },
      until: later(at, policy.parkForMs ?? parkForMs),
    },
    [
      { type: 'DestroyBridge', bridge: call.bridge },
      { type: 'StartMusic', channel: call.caller, music },
      {
        type: 'Play',
        channel: call.leg,
        playback,
        prompts: [{ sound: 'cordboard/parked' }, { number: slot }],
        language: call.language,
      },
    ],
    [
      { type: 'ConversationEnded', agent, talkedMs },
      { type: 'CallParked', slot, by, agent },
    ],
  ];
};

/** Waits in a numbered place for whoever dials it. */
export const parked = (call: In<'parked'>, event: CallEvent, around: Surroundings): Step => {
  const { slot, telling } = call;
  if (isCallerGone(call, event))
    return after(
      letGo(call),
      [{ type: 'ParkingEnded', slot, outcome: 'caller-left' }],
      end(call, event.at, 'answered', 'caller'),
    );
  switch (event.type) {
    case 'PlaybackEnded':
    case 'CommandFailed':
      return telling !== undefined && event.playback === telling.playback ? [told(call), letGo(call), []] : stay(call);
    case 'LegEnded':
      return event.leg === telling?.leg ? stay(told(call)) : stay(call);
    case 'FetchedBy':
      return fetched(call, event);
    case 'DeadlinePassed':
      return call.until <= event.at
        ? after(
            letGo(call),
            [{ type: 'ParkingEnded', slot, outcome: 'too-long' }],
            begin(call, extensionFlow(call.by), `parked in ${slot} for too long`, event.at, around),
          )
        : stay(call);
    default:
      return strayLeg(call, event);
  }
};

const fetched = (call: In<'parked'>, { at, leg, by, agent }: CallEvent & { type: 'FetchedBy' }): Step => {
  const bridge = bridgeOf(call.id, call.made + 1);
  return [
    {
      ...common(call),
      phase: 'talking',
      phaseSince: at,
      made: call.made + 1,
      music: false,
      leg,
      bridge,
      extension: by,
      ...(agent === undefined ? {} : { agent }),
      wrapUpMs: 0,
    },
    [
      ...letGo(call),
      { type: 'Answer', channel: leg },
      { type: 'Connect', bridge, caller: call.caller, leg, music: true },
    ],
    [
      { type: 'ParkingEnded', slot: call.slot, outcome: 'fetched' },
      {
        type: 'CallAnswered',
        agent: agent ?? null,
        extension: by,
        queue: null,
        waitedMs: elapsedMs(call.phaseSince, at),
      },
    ],
  ];
};

const told = (call: In<'parked'>): In<'parked'> => {
  const { telling: _, ...rest } = call;
  return rest;
};

const letGo = ({ telling }: In<'parked'>): readonly Command[] =>
  telling === undefined ? [] : [{ type: 'HangUp', channel: telling.leg, cause: 'normal' }];
