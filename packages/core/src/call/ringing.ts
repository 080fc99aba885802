import type { CallHappening, OfferOutcome } from '../fact/fact.ts';
import { nodeIn } from '../policy/lookup.ts';
import { elapsedMs, type Instant } from '../time.ts';
import type { Command, HangUpCause } from './command.ts';
import type { CallEvent } from './event.ts';
import { begin, follow } from './follow.ts';
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
import { answering, type Going } from './node/going.ts';
import { contextOf, ring, sentOn } from './node/ring.ts';
import { nameOf } from './party.ts';
import { asked, isThere, standIn } from './stand-in.ts';
import type { In, RingingLeg } from './state.ts';

/** Phones ring, without a queue. The first to answer has the call. */
export const ringing = (call: In<'ringing'>, event: CallEvent, around: Surroundings): Step => {
  if (isCallerGone(call, event)) return after(letAllGo(call, 'normal'), [], end(call, event.at, 'abandoned', 'caller'));
  const mine = 'leg' in event ? call.legs.find(({ leg }) => leg === event.leg) : undefined;
  switch (event.type) {
    case 'LegRinging':
      return mine === undefined
        ? stay(call)
        : [
            withLeg(call, mine, isThere(mine)),
            [],
            [{ type: 'PhoneRang', extension: nameOf(mine.target), agent: mine.agent ?? null }],
          ];
    case 'TrunkHeard':
      if (mine === undefined) return stay(call);
      return event.heard
        ? stay(withLeg(call, mine, isThere(mine)))
        : (overAnother(call, mine, event, around) ?? stay(withLeg(call, mine, isThere(mine))));
    case 'LegAnswered':
      return mine === undefined ? strayLeg(call, event) : answered(call, mine, event, around);
    case 'PickedUp':
      return pickedUp(call, event, around);
    case 'LegEnded':
      return mine === undefined
        ? stay(call)
        : (overAnother(call, mine, event, around) ?? fellAway(call, mine, offerOutcome(event.cause), event, around));
    case 'CommandFailed':
      return mine === undefined
        ? stay(call)
        : (overAnother(call, mine, event, around) ?? fellAway(call, mine, 'unreachable', event, around));
    case 'DeadlinePassed':
      return call.until <= event.at
        ? unanswered(call, call.legs, 'no-answer', letAllGo(call, 'no-answer'), event, around)
        : askWhoIsThere(call, event.at);
    default:
      return stay(call);
  }
};

const withLeg = (call: In<'ringing'>, leg: RingingLeg, now: RingingLeg): In<'ringing'> => ({
  ...call,
  legs: call.legs.map((each) => (each === leg ? now : each)),
});

const askWhoIsThere = (call: In<'ringing'>, at: Instant): Step => {
  const all = call.legs.map((each) => asked(each, at));
  return [{ ...call, legs: all.map(([leg]) => leg) }, all.flatMap(([, commands]) => commands), []];
};

/** The trunk has failed, and another stands in for it. */
const overAnother = (
  call: In<'ringing'>,
  failed: RingingLeg,
  event: CallEvent,
  around: Surroundings,
): Step | undefined => {
  const found = standIn(call, failed, event, around, {
    callerNumber: call.ani,
    callerName: call.aniName,
    originator: call.caller,
    bridge: call.bridge,
    headers: contextOf(call, attributesFor(call, around)),
  });
  if (found === undefined) return undefined;
  const [{ trunk: gone, because }, ...passed] = found.passed;
  const { number, trunk } = found.rung;
  const outcome = event.type === 'LegEnded' ? offerOutcome(event.cause) : 'unreachable';
  return [
    { ...withLeg(call, failed, found.tried), made: found.made, phaseSince: event.at },
    found.commands,
    [
      { type: 'NumberUnanswered', number, outcome, trunk: gone, because },
      ...passed,
      { type: 'NumberRung', number, trunk },
    ],
  ];
};

/** What goes along to a number outside is what the flow's node says. */
const attributesFor = ({ flow, node }: In<'ringing'>, { policy }: Surroundings): readonly string[] => {
  const at = nodeIn(policy, flow, node);
  return at.kind === 'transfer' ? at.attributes : [];
};

const answered = (call: In<'ringing'>, by: RingingLeg, { at }: CallEvent, around: Surroundings): Step => {
  const others = call.legs.filter((each) => each !== by);
  return [
    {
      ...common(call),
      phase: 'talking',
      leg: by.leg,
      bridge: call.bridge,
      extension: nameOf(by.target),
      wrapUpMs: wrapUpAfter(call, by, around),
      answered: true,
      music: false,
      phaseSince: at,
      ...(by.agent === undefined ? {} : { agent: by.agent }),
      ...('trunk' in by.target ? { trunk: by.target.trunk } : {}),
    },
    [
      ...answering(call),
      { type: 'Connect', bridge: call.bridge, caller: call.caller, leg: by.leg, music: call.music },
      ...others.map(({ leg }): Command => ({ type: 'HangUp', channel: leg, cause: 'answered-elsewhere' })),
    ],
    [
      ...others.map((other) => told(other, 'answered-elsewhere', 0)),
      {
        type: 'CallAnswered',
        agent: by.agent ?? null,
        extension: nameOf(by.target),
        queue: null,
        waitedMs: elapsedMs(call.transfer?.at ?? call.arrivedAt, at),
      },
    ],
  ];
};

/** Somebody at another phone takes the call. */
const pickedUp = (call: In<'ringing'>, event: CallEvent & { type: 'PickedUp' }, around: Surroundings): Step => {
  const { leg, by, agent, extension } = event;
  return after(
    [{ type: 'Answer', channel: leg }],
    [{ type: 'CallPickedUp', extension, by, agent: agent ?? null }],
    answered(call, { leg, target: { extension: by }, ...(agent === undefined ? {} : { agent }) }, event, around),
  );
};

/** Whoever takes a transferred call has the case to write up that came by a queue. */
const wrapUpAfter = ({ transfer, lastPlace }: In<'ringing'>, { agent }: RingingLeg, around: Surroundings): number =>
  transfer === undefined || lastPlace === undefined || agent === undefined
    ? 0
    : around.wrapUpMs(lastPlace.queue, agent);

/** One phone has been declined or cannot be rung: the others go on ringing. */
const fellAway = (
  call: In<'ringing'>,
  gone: RingingLeg,
  outcome: OfferOutcome,
  event: CallEvent,
  around: Surroundings,
): Step => {
  const legs = call.legs.filter((each) => each !== gone);
  return legs.length === 0
    ? unanswered(call, [gone], outcome, [{ type: 'DestroyBridge', bridge: call.bridge }], event, around)
    : [{ ...call, legs }, [], [told(gone, outcome, legs.length)]];
};

/** None of them: whoever comes next is tried, or the flow goes on. */
const unanswered = (
  call: In<'ringing'>,
  gone: readonly RingingLeg[],
  outcome: OfferOutcome,
  commands: readonly Command[],
  { at }: CallEvent,
  around: Surroundings,
): Step => {
  const facts = gone.map((each, index) => told(each, outcome, gone.length - 1 - index));
  const because = `${gone.map(({ target }) => nameWithKind(target)).join(', ')}: ${outcome}`;
  const going: Going = {
    flow: call.flow,
    node: call.node,
    at,
    around,
    on: (to, why, changed) => follow(changed, { flow: call.flow, node: to, because: why }, at, around),
    begin: (flow, why, changed) => begin(changed, flow, why, at, around),
  };
  const [next, ...others] = call.others;
  return after(
    commands,
    facts,
    next === undefined
      ? (sentOnBy(call, gone, outcome, going) ?? going.on(call.noAnswer, because, call))
      : ring(
          call,
          { targets: [next], forMs: next.forMs, others, noAnswer: call.noAnswer, headers: contextOf(call, []) },
          going,
        ),
  );
};

/** The one phone that was wanted may send on what it did not take: declined or busy is one thing, unanswered another. */
const sentOnBy = (
  call: In<'ringing'>,
  [gone]: readonly RingingLeg[],
  outcome: OfferOutcome,
  going: Going,
): Step | undefined => {
  if (call.direct !== true || gone === undefined || !('extension' in gone.target)) return undefined;
  const occasion = outcome === 'refused' ? 'busy' : 'noAnswer';
  return sentOn(call, gone.target.extension, occasion, { ...call, forMs: ringAgainForMs }, going);
};

/** How long a phone rings to which an unanswered call is sent on. */
const ringAgainForMs = 25_000;

const nameWithKind = (target: RingingLeg['target']): string =>
  'extension' in target ? `extension ${target.extension}` : target.number;

const told = ({ target }: RingingLeg, outcome: OfferOutcome, left: number): CallHappening =>
  'extension' in target
    ? { type: 'ExtensionUnanswered', extension: target.extension, outcome, left }
    : { type: 'NumberUnanswered', number: target.number, outcome };

const letAllGo = (call: In<'ringing'>, cause: HangUpCause): readonly Command[] => [
  ...call.legs.map(({ leg }): Command => ({ type: 'HangUp', channel: leg, cause })),
  { type: 'DestroyBridge', bridge: call.bridge },
];
