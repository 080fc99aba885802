import { bridgeOf, type ChannelId, type Extension, playbackOf } from '../ids.ts';
import { extensionFlow } from '../policy/lookup.ts';
import { elapsedMs, later } from '../time.ts';
import type { Command } from './command.ts';
import type { CallEvent } from './event.ts';
import { begin } from './follow.ts';
import { after, common, end, isCallerGone, type Step, type Surroundings, stay, strayLeg } from './moves.ts';
import type { In } from './state.ts';
import { turnedAround } from './transferring.ts';

/** Where the policy does not say it. */
const parkForMs = 120_000;
const music = 'default';
/** To say which place it is takes three seconds. */
const longestToldMs = 10_000;

/** The one who talked lets go: the other hears music, and the phone is told the place before it is let go. */
export const park = (call: In<'talking'>, event: CallEvent & { type: 'Parked' }, { policy }: Surroundings): Step => {
  const { at, slot } = event;
  const own = event.leg === call.caller ? turnedAround(call) : call;
  const agent = own.agent ?? null;
  const talkedMs = elapsedMs(own.phaseSince, at);
  const playback = playbackOf(own.id, own.made + 1);
  const by = own.extension as Extension;
  const isTransferred = event.leg !== undefined;
  // A phone that holds the call hears nothing.
  const isTold = call.held?.from !== 'phone' || call.held.by !== (own === call ? 'agent' : 'caller');
  return [
    {
      ...common(own),
      talked: { agent, ms: talkedMs + (own.talked?.ms ?? 0) },
      phase: 'parked',
      phaseSince: at,
      music: true,
      made: own.made + 1,
      slot,
      by,
      ...(isTold
        ? {
            telling: {
              leg: own.leg,
              playback,
              until: later(at, longestToldMs),
              ...(isTransferred ? { transferred: true } : {}),
            },
          }
        : {}),
      until: later(at, policy.parkForMs ?? parkForMs),
    },
    [
      { type: 'DestroyBridge', bridge: own.bridge },
      { type: 'StartMusic', channel: own.caller, music },
      ...(isTold
        ? [
            {
              type: 'Play',
              channel: own.leg,
              playback,
              prompts: [{ sound: 'cordboard/parked' }, { number: slot }],
              language: own.language,
            } as const,
          ]
        : goodbye(own.leg, isTransferred)),
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
      if (telling !== undefined && telling.until <= event.at && call.until > event.at)
        return [told(call), letGo(call), []];
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
  telling === undefined ? [] : goodbye(telling.leg, telling.transferred === true);

/** A phone that has transferred the call is told that it is done, or it waits for that. */
const goodbye = (channel: ChannelId, isTransferred: boolean): readonly Command[] => [
  ...(isTransferred ? [{ type: 'NotifyTransfer', channel, outcome: 'accepted' } as const] : []),
  { type: 'HangUp', channel, cause: 'normal' },
];
