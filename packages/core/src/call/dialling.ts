import type { CallHappening, OfferOutcome } from '../fact/fact.ts';
import { bridgeOf, type Extension, legOf } from '../ids.ts';
import { nextTrunk, type OutboundPlan } from '../routing/outbound.ts';
import { faultInWords, isTrunkFault } from '../routing/trunk-fault.ts';
import { elapsedMs, type Instant, later } from '../time.ts';
import type { CallEvent } from './event.ts';
import {
  after,
  common,
  end,
  hangUpCaller,
  isCallerGone,
  offerOutcome,
  type Step,
  type Surroundings,
  stay,
  strayLeg,
} from './moves.ts';
import { answering, ringback } from './node/going.ts';
import { silentForMs } from './stand-in.ts';
import type { CallState, DiallingProgress, In } from './state.ts';
import { tell } from './telling.ts';

type Ringing = Extract<DiallingProgress, { is: 'ringing' }>;
type LegEnded = Extract<CallEvent, { type: 'LegEnded' }>;

/**
 * A call that goes out. Trunks are tried one after another, until one of them brings it about or the called number itself
 * says no.
 *
 *     (page) own-phone ──► ringing ◄──┐ the trunk fails, the next is tried
 *                             │ └─────┘
 *     (phone) ────────────────┤──► talking
 *                             └──► telling
 */
export const dialling = (call: In<'dialling'>, event: CallEvent, around: Surroundings): Step =>
  call.doing.is === 'own-phone'
    ? ownPhoneRings(call, call.doing.extension, event, around)
    : numberRings(call, call.doing, event, around);

/** The phone has dialled: the first trunk is tried. */
export const dialOut = (call: CallState, plan: OutboundPlan, at: Instant, around: Surroundings): Step =>
  after(ringback(call), [routed(plan)], tryNext(begun(call, plan, at), plan.trunks, at, around));

/** A page has dialled: the agent's own phone rings first. */
export const ringOwnPhone = (call: CallState, extension: Extension, plan: OutboundPlan, at: Instant): Step => {
  const placed = begun(call, plan, at);
  return [
    { ...placed, doing: { is: 'own-phone', extension }, until: later(at, ownPhoneRingsMs) },
    [
      {
        type: 'RingPhone',
        leg: call.caller,
        extension,
        callerNumber: plan.number,
        callerName: '',
        bridge: placed.bridge,
      },
    ],
    [{ type: 'ExtensionRung', extension, agent: call.callerAgent ?? null, customer: call.customer ?? null }],
  ];
};

/** How long the phone of somebody who has asked for a call rings. */
const ownPhoneRingsMs = 25_000;
/** When there is no other way, it may have been the network. */
const silentAtLastForMs = 8000;

/** How long the other side may ring, for a call whose policy says nothing of it any more. */
const ringForMs = 60_000;

const routed = ({ number, class: callClass, route, callerId, because }: OutboundPlan): CallHappening => ({
  type: 'OutboundRouted',
  number,
  class: callClass,
  route,
  callerId,
  because,
});

type Begun = Omit<In<'dialling'>, 'doing' | 'until'>;

const begun = (call: CallState, plan: OutboundPlan, at: Instant): Begun => ({
  ...common(call),
  phase: 'dialling',
  plan,
  bridge: bridgeOf(call.id, call.made + 1),
  made: call.made + 1,
  trunks: plan.trunks,
  phaseSince: at,
});

const ownPhoneRings = (call: In<'dialling'>, extension: Extension, event: CallEvent, around: Surroundings): Step => {
  const isMine = 'leg' in event && event.leg === call.caller;
  switch (event.type) {
    case 'LegRinging':
      return isMine ? [call, [], [{ type: 'PhoneRang', extension, agent: call.callerAgent ?? null }]] : stay(call);
    case 'LegAnswered':
      return isMine ? pickedUp(call, event.at, around) : strayLeg(call, event);
    case 'LegEnded':
      return isMine ? notPickedUp(call, extension, offerOutcome(event.cause), event.at) : stay(call);
    case 'CommandFailed':
      return isMine ? notPickedUp(call, extension, 'unreachable', event.at) : stay(call);
    case 'DeadlinePassed':
      return call.until <= event.at
        ? after(
            [{ type: 'HangUp', channel: call.caller, cause: 'no-answer' }],
            [],
            notPickedUp(call, extension, 'no-answer', event.at),
          )
        : stay(call);
    default:
      return stay(call);
  }
};

/** Who asked is there, and hears music until the other is. */
const pickedUp = (call: In<'dialling'>, at: Instant, around: Surroundings): Step =>
  after(
    [{ type: 'StartMusic', channel: call.caller, music: 'default' }],
    [routed(call.plan)],
    tryNext({ ...call, answered: true, music: true }, call.trunks, at, around),
  );

const notPickedUp = (call: In<'dialling'>, extension: Extension, outcome: OfferOutcome, at: Instant): Step =>
  after(
    [{ type: 'DestroyBridge', bridge: call.bridge }],
    [{ type: 'ExtensionUnanswered', extension, outcome }],
    end(call, at, 'not-reached', 'system'),
  );

/** Over the first of these trunks that can carry the call; when none can, that is said. */
const tryNext = (call: Begun, trunks: readonly string[], at: Instant, around: Surroundings): Step => {
  const { plan, bridge } = call;
  const { trunk, passed, left } = nextTrunk(trunks, around.trunk, plan.class === 'emergency');
  const facts = passed.map(
    ({ trunk: each, because }): CallHappening => ({ type: 'TrunkPassed', trunk: each, because }),
  );
  const leg = legOf(call.id, call.made + 1);
  const trying = (over: string): In<'dialling'> => ({
    ...call,
    doing: {
      is: 'ringing',
      leg,
      trunk: over,
      askAt: later(at, left.length > 0 ? silentForMs : silentAtLastForMs),
    },
    until: later(at, around.policy.outbound?.ringForMs ?? ringForMs),
    trunks: left,
    made: call.made + 1,
    phaseSince: at,
  });
  if (trunk === undefined)
    return after(
      [{ type: 'DestroyBridge', bridge }],
      facts,
      tell(trying(''), ['cordboard/no-line-out'], 'not-reached', at),
    );
  return [
    trying(trunk),
    [
      {
        type: 'RingOutside',
        leg,
        number: plan.number,
        trunk,
        callerNumber: plan.callerId,
        callerName: '',
        originator: call.caller,
        bridge,
        headers: {},
      },
    ],
    [...facts, { type: 'NumberRung', number: plan.number, trunk }],
  ];
};

const numberRings = (call: In<'dialling'>, doing: Ringing, event: CallEvent, around: Surroundings): Step => {
  if (isCallerGone(call, event))
    return after(
      [
        { type: 'HangUp', channel: doing.leg, cause: 'normal' },
        { type: 'DestroyBridge', bridge: call.bridge },
      ],
      [],
      end(call, event.at, 'abandoned', 'agent'),
    );
  const isMine = 'leg' in event && event.leg === doing.leg;
  switch (event.type) {
    case 'LegRinging':
      return isMine
        ? [
            heard(call, doing),
            [],
            [{ type: 'PhoneRang', extension: call.plan.number, agent: call.callerAgent ?? null }],
          ]
        : stay(call);
    case 'TrunkHeard':
      if (!isMine) return stay(call);
      if (event.heard) return stay(heard(call, doing));
      return after(
        [{ type: 'HangUp', channel: doing.leg, cause: 'normal' }],
        [],
        trunkFailed(call, doing, 'unreachable', 'no answer to the INVITE', event.at, around),
      );
    case 'LegAnswered':
      return isMine ? answered(call, doing, event.at) : strayLeg(call, event);
    case 'LegEnded':
      return isMine ? legEnded(call, doing, event, around) : stay(call);
    case 'CommandFailed':
      return isMine
        ? trunkFailed(call, doing, 'unreachable', faultInWords('failed', undefined), event.at, around)
        : stay(call);
    case 'DeadlinePassed':
      if (doing.askAt !== undefined && doing.askAt <= event.at && event.at < call.until)
        return [
          // A question whose answer is lost is put again.
          { ...call, doing: { ...doing, askAt: later(event.at, silentForMs) } },
          [{ type: 'AskWhetherHeard', leg: doing.leg }],
          [],
        ];
      return call.until <= event.at
        ? after(
            [{ type: 'HangUp', channel: doing.leg, cause: 'no-answer' }],
            [],
            notReached(call, doing, { outcome: 'no-answer' }, event.at),
          )
        : stay(call);
    default:
      return stay(call);
  }
};

/** It need not be asked (again) whether the trunk is there. */
const heard = (call: In<'dialling'>, { leg, trunk }: Ringing): In<'dialling'> => ({
  ...call,
  doing: { is: 'ringing', leg, trunk },
});

const answered = (call: In<'dialling'>, { leg, trunk }: Ringing, at: Instant): Step => {
  const { plan, bridge, callerAgent } = call;
  return [
    {
      ...common(call),
      phase: 'talking',
      leg,
      bridge,
      extension: plan.number,
      trunk,
      wrapUpMs: 0,
      answered: true,
      music: false,
      phaseSince: at,
      ...(callerAgent === undefined ? {} : { agent: callerAgent }),
    },
    [...answering(call), { type: 'Connect', bridge, caller: call.caller, leg, music: call.music }],
    [
      {
        type: 'CallAnswered',
        agent: callerAgent ?? null,
        extension: plan.number,
        queue: null,
        waitedMs: elapsedMs(call.arrivedAt, at),
      },
    ],
  ];
};

const legEnded = (call: In<'dialling'>, doing: Ringing, event: LegEnded, around: Surroundings): Step => {
  const { cause, status, at } = event;
  const outcome = offerOutcome(cause);
  return isTrunkFault(cause, status)
    ? trunkFailed(call, doing, outcome, faultInWords(cause, status), at, around)
    : notReached(call, doing, { outcome, ...(status === undefined ? {} : { because: `answered ${status}` }) }, at);
};

const trunkFailed = (
  call: In<'dialling'>,
  { trunk }: Ringing,
  outcome: OfferOutcome,
  because: string,
  at: Instant,
  around: Surroundings,
): Step =>
  after(
    [],
    [{ type: 'NumberUnanswered', number: call.plan.number, outcome, trunk, because }],
    tryNext(call, call.trunks, at, around),
  );

/** The called number is busy, does not answer, or does not exist: a phone's own tones say so, or a sentence. */
const notReached = (
  call: In<'dialling'>,
  { trunk }: Ringing,
  why: { readonly outcome: OfferOutcome; readonly because?: string },
  at: Instant,
): Step => {
  const { outcome } = why;
  const next =
    outcome === 'unreachable'
      ? tell(call, ['cordboard/unknown-number'], 'not-reached', at)
      : call.answered
        ? tell(
            call,
            [outcome === 'no-answer' ? 'cordboard/called-no-answer' : 'cordboard/called-busy'],
            'not-reached',
            at,
          )
        : hangUpCaller(call, at, 'not-reached', outcome === 'no-answer' ? 'no-answer' : 'busy');
  return after(
    [{ type: 'DestroyBridge', bridge: call.bridge }],
    [{ type: 'NumberUnanswered', number: call.plan.number, trunk, ...why }],
    next,
  );
};
