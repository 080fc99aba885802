import { type Extension, legOf, type OutsideNumber } from '../ids.ts';
import { later } from '../time.ts';
import type { Command } from './command.ts';
import type { CallEvent } from './event.ts';
import { after, common, type Step, type Surroundings, stay } from './moves.ts';
import { contextOf } from './node/ring.ts';
import { calledAgent, nameOf } from './party.ts';
import type { In, Third } from './state.ts';
import { talking } from './talking.ts';

/** How long the phone of a third rings. */
const thirdRingsForMs = 30_000;

/** Rings somebody who is to join the two who talk; they talk on meanwhile. */
export const addThird = (call: In<'talking'>, { at, target, agent }: CallEvent & { type: 'ThirdWanted' }): Step => {
  const leg = legOf(call.id, call.made + 1);
  const third: Third = { leg, target, joined: false, until: later(at, thirdRingsForMs), ...who(agent) };
  const party = {
    leg,
    callerNumber: call.ani,
    callerName: call.aniName,
    originator: call.caller,
    bridge: call.bridge,
  };
  return [
    { ...call, made: call.made + 1, third },
    [
      'extension' in target
        ? { type: 'RingPhone', extension: target.extension, ...party }
        : { type: 'RingOutside', number: target.number, trunk: target.trunk, headers: contextOf(call, []), ...party },
    ],
    [{ type: 'PartyRung', party: nameOf(target) }],
  ];
};

/**
 * Two talk, and a third rings or talks with them. Whoever of three leaves, the other two go on. Three are not held, nor
 * given away: who presses the hold key is heard no more, and the others talk on.
 */
export const withThird = (
  call: In<'talking'> & { readonly third: Third },
  event: CallEvent,
  around: Surroundings,
): Step => {
  const { third } = call;
  switch (event.type) {
    case 'LegAnswered':
      if (event.leg !== third.leg) return talking(call, event, around);
      return third.joined ? stay(call) : joins(call);
    case 'LegEnded':
      if (event.leg === third.leg) return thirdLeaves(call, []);
      return event.leg === call.leg || event.leg === call.caller
        ? oneLeaves(call, event, around)
        : talking(call, event, around);
    case 'CommandFailed':
      return event.leg === third.leg ? thirdLeaves(call, []) : talking(call, event, around);
    case 'DeadlinePassed':
      return !third.joined && third.until <= event.at
        ? thirdLeaves(call, [letGo(third, 'no-answer')])
        : talking(call, event, around);
    case 'LegHeld':
    case 'LegResumed':
    case 'HoldAsked':
    case 'TransferAsked':
    case 'PartyReplaced':
    case 'MergedInto':
      return stay(call);
    default:
      return talking(call, event, around);
  }
};

const joins = (call: In<'talking'> & { readonly third: Third }): Step => {
  const { third } = call;
  return [
    { ...call, third: { ...third, joined: true } },
    [{ type: 'Join', bridge: call.bridge, leg: third.leg }],
    [{ type: 'PartyJoined', party: nameOf(third.target), agent: third.agent ?? null }],
  ];
};

const thirdLeaves = (call: In<'talking'> & { readonly third: Third }, commands: readonly Command[]): Step => [
  withoutThird(call),
  commands,
  [{ type: 'PartyLeft', party: nameOf(call.third.target), agent: call.agent ?? null, extension: call.extension }],
];

/** A third who only rings is let go with the conversation; one who talks takes the place of the one who leaves. */
const oneLeaves = (
  call: In<'talking'> & { readonly third: Third },
  event: CallEvent & { type: 'LegEnded' },
  around: Surroundings,
): Step => {
  const { third } = call;
  if (!third.joined) return after([letGo(third, 'normal')], [], talking(withoutThird(call), event, around));
  const extension = nameOf(third.target);
  const left = event.leg === call.caller ? call.ani : call.extension;
  const { callerAgent: _, ...kept } = common(call);
  const callerAgent = event.leg === call.caller ? calledAgent(call) : call.callerAgent;
  return [
    {
      ...kept,
      caller: event.leg === call.caller ? call.leg : call.caller,
      ...(callerAgent === undefined ? {} : { callerAgent }),
      phase: 'talking',
      bridge: call.bridge,
      leg: third.leg,
      extension,
      ...who(third.agent),
      ...('trunk' in third.target ? { trunk: third.target.trunk } : {}),
      wrapUpMs: 0,
    },
    [],
    [{ type: 'PartyLeft', party: left as Extension | OutsideNumber, agent: third.agent ?? null, extension }],
  ];
};

const withoutThird = (call: In<'talking'>): In<'talking'> => {
  const { third: _, ...two } = call;
  return two;
};

const letGo = ({ leg }: Third, cause: 'normal' | 'no-answer'): Command => ({ type: 'HangUp', channel: leg, cause });

const who = (agent: Third['agent']): Pick<Third, 'agent'> => (agent === undefined ? {} : { agent });
