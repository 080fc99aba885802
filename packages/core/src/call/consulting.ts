import type { OfferOutcome } from '../fact/fact.ts';
import type { FlowId, NodeId } from '../ids.ts';
import { nodeIn } from '../policy/lookup.ts';
import { elapsedMs, type Instant } from '../time.ts';
import type { Command } from './command.ts';
import type { CallEvent } from './event.ts';
import { after, common, end, offerOutcome, type Step, type Surroundings, stay, strayLeg } from './moves.ts';
import { nameOf } from './party.ts';
import { asked, isThere, standIn } from './stand-in.ts';
import type { In } from './state.ts';
import type { TransferEnd, TransferTarget } from './transfer.ts';
import { leftBehind, wayTo } from './transferring.ts';

/**
 * The caller waits; the transferor asks somebody else. Whoever goes leaves the other two together: the transferor by
 * completing or by hanging up, the target by hanging up, and when the caller goes the two of the house go on talking.
 */
export const consulting = (call: In<'consulting'>, event: CallEvent, around: Surroundings): Step => {
  const { consult } = call;
  switch (event.type) {
    case 'LegRinging':
      return event.leg === consult.leg
        ? [
            { ...call, consult: isThere(consult) },
            [],
            [{ type: 'PhoneRang', extension: nameOf(consult.target), agent: consult.agent ?? null }],
          ]
        : stay(call);
    case 'TrunkHeard':
      return event.leg === consult.leg && !consult.answered
        ? (overAnother(call, event, around) ?? stay({ ...call, consult: isThere(consult) }))
        : stay(call);
    case 'LegAnswered':
      if (event.leg === consult.leg) return consult.answered ? stay(call) : began(call);
      return event.leg === call.leg ? stay(call) : strayLeg(call, event);
    case 'LegEnded':
      if (event.leg === call.caller) return callerLeft(call, event.at);
      if (event.leg === call.leg) return complete(call, event.at, around, []);
      if (event.leg !== consult.leg) return stay(call);
      return consult.answered
        ? back(call, 'target-left', [])
        : (overAnother(call, event, around) ?? back(call, endOf(offerOutcome(event.cause)), []));
    case 'CommandFailed':
      return event.leg === consult.leg
        ? (overAnother(call, event, around) ?? back(call, 'unreachable', []))
        : stay(call);
    case 'DeadlinePassed':
      if (consult.answered) return stay(call);
      return consult.until <= event.at ? back(call, 'no-answer', letTargetGo(call)) : askWhetherThere(call, event.at);
    case 'TransferCompletionAsked':
      return complete(call, event.at, around, [{ type: 'HangUp', channel: call.leg, cause: 'normal' }]);
    case 'TransferCancellationAsked':
      return back(call, 'asked', letTargetGo(call));
    default:
      return stay(call);
  }
};

const askWhetherThere = (call: In<'consulting'>, at: Instant): Step => {
  const [consult, commands] = asked(call.consult, at);
  return [{ ...call, consult }, commands, []];
};

/** The trunk has failed, and another stands in for it. */
const overAnother = (call: In<'consulting'>, event: CallEvent, around: Surroundings): Step | undefined => {
  const { consult } = call;
  const found = standIn(call, consult, event, around, {
    callerNumber: call.extension,
    callerName: '',
    originator: call.leg,
    bridge: consult.bridge,
    headers: {},
  });
  return (
    found && [{ ...call, made: found.made, consult: { ...consult, ...found.tried } }, found.commands, found.passed]
  );
};

const began = (call: In<'consulting'>): Step => {
  const { consult } = call;
  return [
    { ...call, consult: { ...isThere(consult), answered: true } },
    [
      { type: 'StopRinging', channel: call.leg },
      { type: 'Connect', bridge: consult.bridge, caller: call.leg, leg: consult.leg, music: false },
    ],
    [{ type: 'ConsultationBegan', extension: nameOf(consult.target), agent: consult.agent ?? null }],
  ];
};

/** The caller and the transferor talk again, as before. */
const back = (call: In<'consulting'>, because: TransferEnd, first: readonly Command[]): Step => {
  const { consult, ...talking } = call;
  return [
    { ...talking, phase: 'talking', music: false },
    [
      ...first,
      ...(consult.answered ? [] : [{ type: 'StopRinging', channel: call.leg } as const]),
      { type: 'Connect', bridge: call.bridge, caller: call.caller, leg: call.leg, music: true },
      { type: 'DestroyBridge', bridge: consult.bridge },
    ],
    [{ type: 'TransferCancelled', kind: 'attended', by: call.agent ?? null, because }],
  ];
};

/** The target has the caller. Where the phone still rings the transfer is completed blind, and the phone rings on. */
const complete = (call: In<'consulting'>, at: Instant, around: Surroundings, then: readonly Command[]): Step => {
  const { consult, leg: _, agent, queue, queuedAt: __, trunk: ___, ...rest } = call;
  const talkedMs = elapsedMs(call.phaseSince, at);
  const ended = { type: 'ConversationEnded', agent: agent ?? null, talkedMs } as const;
  if (!consult.answered) return ringOn(call, talkedMs, at, around, then);
  const queueServed = queue ?? call.lastPlace?.queue;
  const extension = nameOf(consult.target);
  return [
    {
      ...rest,
      phase: 'talking',
      leg: consult.leg,
      extension,
      ...(consult.agent === undefined ? {} : { agent: consult.agent }),
      ...('trunk' in consult.target ? { trunk: consult.target.trunk } : {}),
      wrapUpMs:
        queueServed === undefined || consult.agent === undefined ? 0 : around.wrapUpMs(queueServed, consult.agent),
      talked: { agent: agent ?? null, ms: talkedMs + (call.talked?.ms ?? 0) },
      music: false,
      phaseSince: at,
    },
    [
      { type: 'Connect', bridge: call.bridge, caller: call.caller, leg: consult.leg, music: true },
      ...then,
      { type: 'DestroyBridge', bridge: consult.bridge },
    ],
    [
      ended,
      {
        type: 'CallAnswered',
        agent: consult.agent ?? null,
        extension,
        queue: null,
        waitedMs: elapsedMs(consult.since, at),
      },
      {
        type: 'TransferCompleted',
        kind: 'attended',
        by: agent ?? null,
        from: call.extension,
        agent: consult.agent ?? null,
        extension,
        customer: call.customer ?? null,
      },
    ],
  ];
};

const ringOn = (
  call: In<'consulting'>,
  talkedMs: number,
  at: Instant,
  around: Surroundings,
  then: readonly Command[],
): Step => {
  const { consult } = call;
  const { target, agent } = consult;
  const extension = nameOf(target);
  const left = leftBehind(call, talkedMs, at, 'attended');
  const { flow, node } = wayTo(call, asTarget(target), around);
  const ringing = { extension, ...(agent === undefined ? {} : { agent }) };
  return [
    {
      ...common(left),
      phase: 'ringing',
      flow,
      node,
      legs: [{ leg: consult.leg, target, ...(agent === undefined ? {} : { agent }), ...askedAt(consult) }],
      bridge: call.bridge,
      until: consult.until,
      others: [],
      noAnswer: afterwardsOf(flow, node, around),
      phaseSince: at,
      ...ringing,
    },
    [...then, { type: 'DestroyBridge', bridge: consult.bridge }],
    [
      { type: 'ConversationEnded', agent: call.agent ?? null, talkedMs },
      'extension' in target
        ? { type: 'ExtensionRung', extension: target.extension, agent: agent ?? null, customer: call.customer ?? null }
        : { type: 'NumberRung', number: target.number, trunk: target.trunk },
    ],
  ];
};

/** With nobody left to hand over, the consultation goes on as a call of its own where two are talking. */
const callerLeft = (call: In<'consulting'>, at: Instant): Step => {
  const { consult } = call;
  return after(
    [
      { type: 'DestroyBridge', bridge: call.bridge },
      ...(consult.answered
        ? []
        : [
            ...letTargetGo(call),
            { type: 'HangUp', channel: call.leg, cause: 'normal' } as const,
            { type: 'DestroyBridge', bridge: consult.bridge } as const,
          ]),
    ],
    [{ type: 'TransferCancelled', kind: 'attended', by: call.agent ?? null, because: 'caller-left' }],
    end(call, at, 'answered', 'caller', elapsedMs(call.phaseSince, at)),
  );
};

const letTargetGo = ({ consult }: In<'consulting'>): readonly Command[] => [
  { type: 'HangUp', channel: consult.leg, cause: 'normal' },
];

const afterwardsOf = (flow: FlowId, node: NodeId, { policy }: Surroundings): NodeId => {
  const found = nodeIn(policy, flow, node);
  return found.kind === 'ring' || found.kind === 'transfer' ? found.noAnswer : node;
};

const asTarget = (target: In<'consulting'>['consult']['target']): TransferTarget =>
  'extension' in target ? { is: 'extension', ...target } : { is: 'outside', ...target };

const askedAt = ({ askAt }: In<'consulting'>['consult']): { readonly askAt?: Instant } =>
  askAt === undefined ? {} : { askAt };

const endOf = (outcome: OfferOutcome): TransferEnd =>
  outcome === 'no-answer' || outcome === 'refused' || outcome === 'unreachable' ? outcome : 'lost';
