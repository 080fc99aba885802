import { type Extension, legOf, type OutsideNumber } from '../ids.ts';
import { type Instant, later } from '../time.ts';
import type { Command } from './command.ts';
import type { CallEvent } from './event.ts';
import { after, common, type Step, type Surroundings, stay } from './moves.ts';
import { contextOf } from './node/ring.ts';
import { calledAgent, nameOf } from './party.ts';
import { asked, firstTry, isThere, standIn } from './stand-in.ts';
import type { In, Third } from './state.ts';
import { talking } from './talking.ts';

/** How long the phone of a third rings. */
const thirdRingsForMs = 30_000;

/** Rings somebody who is to join the two who talk; they talk on meanwhile. */
export const addThird = (
  call: In<'talking'>,
  { at, target: wanted, agent }: CallEvent & { type: 'ThirdWanted' },
  around: Surroundings,
): Step => {
  const { passed, ...tried } = firstTry(wanted, at, around);
  const { target } = tried;
  const leg = legOf(call.id, call.made + 1);
  const third: Third = { leg, ...tried, joined: false, until: later(at, thirdRingsForMs), ...who(agent) };
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
    [...passed, { type: 'PartyRung', party: nameOf(target) }],
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
    case 'LegRinging':
      return stay(event.leg === third.leg ? { ...call, third: isThere(third) } : call);
    case 'TrunkHeard':
      return event.leg === third.leg && !third.joined
        ? (overAnother(call, event, around) ?? stay({ ...call, third: isThere(third) }))
        : stay(call);
    case 'LegAnswered':
      if (event.leg !== third.leg) return talking(call, event, around);
      return third.joined ? stay(call) : joins(call);
    case 'LegEnded':
      if (event.leg === third.leg)
        return (third.joined ? undefined : overAnother(call, event, around)) ?? thirdLeaves(call, []);
      return event.leg === call.leg || event.leg === call.caller
        ? oneLeaves(call, event, around)
        : talking(call, event, around);
    case 'CommandFailed':
      return event.leg === third.leg
        ? (overAnother(call, event, around) ?? thirdLeaves(call, []))
        : talking(call, event, around);
    case 'DeadlinePassed':
      if (third.joined) return talking(call, event, around);
      return third.until <= event.at ? thirdLeaves(call, [letGo(third, 'no-answer')]) : askWhetherThere(call, event.at);
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

type WithThird = In<'talking'> & { readonly third: Third };

const askWhetherThere = (call: WithThird, at: Instant): Step => {
  const [third, commands] = asked(call.third, at);
  return [{ ...call, third }, commands, []];
};

/** The trunk has failed, and another stands in for it. */
const overAnother = (call: WithThird, event: CallEvent, around: Surroundings): Step | undefined => {
  const found = standIn(call, call.third, event, around, {
    callerNumber: call.ani,
    callerName: call.aniName,
    originator: call.caller,
    bridge: call.bridge,
    headers: contextOf(call, []),
  });
  return (
    found && [{ ...call, made: found.made, third: { ...call.third, ...found.tried } }, found.commands, found.passed]
  );
};

const joins = (call: In<'talking'> & { readonly third: Third }): Step => {
  const { third } = call;
  return [
    { ...call, third: { ...isThere(third), joined: true } },
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
