import type { Contact } from '../agent/agent.ts';
import type { AttemptOutcome, Ticket } from '../callback/ticket.ts';
import type { WrittenDecision } from '../fact/decision.ts';
import type { CallHappening, OfferOutcome } from '../fact/fact.ts';
import { type AgentId, bridgeOf, callbackOf, type Extension, legOf, type OutsideNumber } from '../ids.ts';
import type { CallbackRules, Queue } from '../policy/queue.ts';
import { nextTrunk } from '../routing/outbound.ts';
import { faultInWords, isTrunkFault } from '../routing/trunk-fault.ts';
import { type Instant, later } from '../time.ts';
import type { Command } from './command.ts';
import type { CallEvent } from './event.ts';
import { hearingFor } from './hearing.ts';
import { after, common, end, offerOutcome, type Step, type Surroundings, stay, strayLeg, waitedMs } from './moves.ts';
import { queued } from './queued.ts';
import type { CallState, In } from './state.ts';

/** The agent whose turn the ticket's is. */
export interface Reserved {
  readonly agent: AgentId;
  readonly extension: Extension;
  readonly decision: WrittenDecision;
  readonly ringForMs: number;
  /** The number outside at which the agent works. */
  readonly contact?: Contact;
}

/**
 * The turn of a ticket has come and an agent is reserved. Agent first: their phone rings, and when they have answered, the
 * customer's. Customer first: the customer's phone rings, and who answers it is offered to the agent like any caller.
 */
export const callBack = (
  ticket: Ticket,
  queue: Queue,
  reserved: Reserved,
  position: number,
  at: Instant,
  trunkNow: Surroundings['trunk'],
): Step => {
  const id = callbackOf(ticket.id, ticket.made + 1);
  const { callback: rules } = queue;
  const trunk = rules.trunks[0] ?? '';
  // An agent elsewhere is asked to accept the call, as any other: it has to be there.
  const order = reserved.contact === undefined ? rules.order : 'customer-first';
  const began: In<'calling-back'> = {
    id,
    phase: 'calling-back',
    caller: legOf(id, 1),
    from: 'trunk',
    direction: 'out',
    source: trunk,
    ani: ticket.number,
    aniName: ticket.name,
    dnis: rules.callerId,
    language: ticket.language,
    arrivedAt: at,
    policyVersion: ticket.policyVersion,
    answered: true,
    music: false,
    service: false,
    customer: ticket.customer,
    attributes: ticket.attributes,
    phaseSince: at,
    made: 3,
    told: 0,
    ticket: ticket.id,
    queue: ticket.queue,
    queuedAt: ticket.queuedAt,
    virtualArrival: ticket.virtualArrival,
    priority: ticket.priority,
    requires: ticket.requires,
    order,
    reserved,
    leg: legOf(id, 2),
    bridge: bridgeOf(id, 3),
    stage: order === 'agent-first' ? 'agent' : 'customer',
    trunks: rules.trunks,
    until: later(at, order === 'agent-first' ? reserved.ringForMs : rules.ringForMs),
  };
  const told: readonly CallHappening[] = [
    {
      type: 'CallArrived',
      from: 'trunk',
      direction: 'out',
      source: trunk,
      ani: began.ani,
      aniName: began.aniName,
      dnis: began.dnis,
      language: began.language,
      policyVersion: began.policyVersion,
      attributes: began.attributes,
    },
    { type: 'CallerIdentified', customer: ticket.customer, tookMs: 0 },
    {
      type: 'CallQueued',
      queue: ticket.queue,
      priority: ticket.priority,
      virtualArrival: ticket.virtualArrival,
      position,
      queuedAt: ticket.queuedAt,
      requires: ticket.requires,
      because: `callback ${ticket.id}, attempt ${ticket.made + 1}`,
    },
  ];
  return order === 'agent-first'
    ? after([ringAgent(began, queue)], [...told, offered(began, ticket.made + 1, at)], stay(began))
    : after([], told, ringCustomer(began, at, rules, trunkNow));
};

export const callingBack = (call: In<'calling-back'>, event: CallEvent, around: Surroundings): Step => {
  const rules = around.queue(call.queue)?.callback;
  switch (event.type) {
    case 'LegRinging':
      return event.leg === call.leg && call.stage === 'agent'
        ? [call, [], [{ type: 'PhoneRang', extension: call.reserved.extension, agent: call.reserved.agent }]]
        : stay(call);
    case 'LegAnswered':
      if (event.leg === call.leg && call.stage === 'agent' && rules !== undefined)
        return ringCustomer({ ...call, stage: 'customer' }, event.at, rules, around.trunk);
      return event.leg === call.caller && call.stage === 'customer'
        ? customerAnswered(call, event.at, around)
        : event.leg === call.leg
          ? stay(call)
          : strayLeg(call, event);
    case 'LegEnded':
      return legEnded(call, event, around);
    case 'CommandFailed':
      return event.leg === undefined
        ? stay(call)
        : legEnded(call, { at: event.at, leg: event.leg, cause: 'failed' }, around);
    case 'DeadlinePassed':
      if (call.until > event.at) return stay(call);
      return call.stage === 'agent'
        ? giveUp(call, 'no-agent', 'no-answer', event.at)
        : giveUp(call, 'no-answer', 'caller-left', event.at);
    case 'CallbackWithdrawn':
      return giveUp(call, 'withdrawn', 'caller-left', event.at);
    default:
      return stay(call);
  }
};

/** Rings the customer over the first of the trunks that can carry the call; when none can, the customer has not been tried. */
const ringCustomer = (
  call: In<'calling-back'>,
  at: Instant,
  rules: CallbackRules,
  trunkNow: Surroundings['trunk'],
): Step => {
  const { trunk, passed, left: trunks } = nextTrunk(call.trunks, trunkNow, false);
  const passedOver = passed.map((each): CallHappening => ({ type: 'TrunkPassed', ...each }));
  if (trunk === undefined)
    return after(
      [],
      passedOver,
      giveUp(call, rules.trunks.length === 0 ? 'no-answer' : 'no-line-out', 'caller-left', at),
    );
  const caller = legOf(call.id, call.made + 1);
  const agentHears = call.order === 'agent-first';
  return [
    {
      ...call,
      caller,
      stage: 'customer',
      over: trunk,
      trunks,
      made: call.made + 1,
      until: later(at, rules.ringForMs),
      music: agentHears,
    },
    [
      ...(agentHears && !call.music ? [{ type: 'StartMusic', channel: call.leg, music: 'default' } as const] : []),
      {
        type: 'RingOutside',
        leg: caller,
        number: call.ani as OutsideNumber,
        trunk,
        callerNumber: rules.callerId,
        callerName: '',
        ...(agentHears ? { originator: call.leg } : {}),
        bridge: call.bridge,
        headers: {},
      },
    ],
    [...passedOver, { type: 'CustomerRung', number: call.ani, trunk }],
  ];
};

const customerAnswered = (call: In<'calling-back'>, at: Instant, around: Surroundings): Step =>
  call.order === 'agent-first' ? together(call, at, around) : toTheAgent(call, at, around);

/** Both are there. */
const together = (call: In<'calling-back'>, at: Instant, around: Surroundings): Step => {
  const { agent, extension } = call.reserved;
  const waited = waitedMs(call, at);
  return [
    {
      ...common(call),
      phase: 'talking',
      leg: call.leg,
      bridge: call.bridge,
      extension,
      agent,
      queue: call.queue,
      queuedAt: call.queuedAt,
      wrapUpMs: around.wrapUpMs(call.queue, agent),
      music: false,
      phaseSince: at,
    },
    // It is the agent who has heard music.
    [{ type: 'Connect', bridge: call.bridge, caller: call.leg, leg: call.caller, music: true }],
    [
      { type: 'OfferEnded', agent, outcome: 'accepted' },
      { type: 'QueueLeft', queue: call.queue, outcome: 'called-back', waitedMs: waited },
      { type: 'CallAnswered', agent, extension, queue: call.queue, waitedMs: waited },
    ],
  ];
};

/** The customer is there first: a caller like any other now, in the old place, and the reserved agent's phone rings. */
const toTheAgent = (call: In<'calling-back'>, at: Instant, around: Surroundings): Step => {
  const queue = around.queue(call.queue);
  const { agent, extension, contact, decision, ringForMs } = call.reserved;
  const reserved = { agent, extension, ...(contact === undefined ? {} : { contact }) };
  const hearing =
    queue === undefined ? { music: 'default', messages: nothingSaid, said: 0 } : hearingFor(queue, call, at);
  const waiting: In<'queued'> = {
    ...common(call),
    phase: 'queued',
    phaseSince: at,
    music: true,
    // No node of a flow has sent them here, so none leads them out.
    flow: '' as In<'queued'>['flow'],
    node: '' as In<'queued'>['node'],
    queue: call.queue,
    queuedAt: call.queuedAt,
    priority: call.priority,
    virtualArrival: call.virtualArrival,
    offers: 0,
    requires: call.requires,
    relaxed: 0,
    tried: {},
    treatment: hearing,
  };
  return after(
    [
      { type: 'DestroyBridge', bridge: call.bridge },
      { type: 'StartMusic', channel: call.caller, music: hearing.music },
    ],
    [],
    queued(waiting, { type: 'AgentsReserved', at, agents: [reserved], decision, ringForMs }, around),
  );
};

const nothingSaid = { everyMs: 0, sounds: [] } as const;

const legEnded = (
  call: In<'calling-back'>,
  { leg, cause, status, at }: Pick<Extract<CallEvent, { type: 'LegEnded' }>, 'leg' | 'cause' | 'status' | 'at'>,
  around: Surroundings,
): Step => {
  const outcome = offerOutcome(cause);
  if (leg === call.leg && call.order === 'agent-first')
    // An agent who has answered and then hung up has let go of the customer too.
    return giveUp(call, outcome === 'lost' ? 'lost' : 'no-agent', call.stage === 'agent' ? outcome : 'refused', at);
  if (leg !== call.caller || call.stage !== 'customer') return stay(call);
  if (outcome === 'lost') return giveUp(call, 'lost', 'caller-left', at);
  const rules = around.queue(call.queue)?.callback;
  if (!isTrunkFault(cause, status) || rules === undefined) return giveUp(call, 'no-answer', 'caller-left', at);
  const number = call.ani as OutsideNumber;
  const because = faultInWords(cause, status);
  return after(
    [],
    [{ type: 'NumberUnanswered', number, outcome, ...(call.over === undefined ? {} : { trunk: call.over }), because }],
    ringCustomer(call, at, rules, around.trunk),
  );
};

/** This attempt has come to nothing; what becomes of the ticket is another question. */
const giveUp = (
  call: In<'calling-back'>,
  because: AttemptOutcome | 'withdrawn',
  offer: OfferOutcome,
  at: Instant,
): Step => {
  const { agent } = call.reserved;
  const cause = offer === 'no-answer' ? 'no-answer' : 'normal';
  const legs: readonly Command[] = [
    ...(call.order === 'agent-first' ? [{ type: 'HangUp', channel: call.leg, cause } as const] : []),
    ...(call.stage === 'customer' ? [{ type: 'HangUp', channel: call.caller, cause: 'normal' } as const] : []),
    { type: 'DestroyBridge', bridge: call.bridge },
  ];
  return after(
    legs,
    [
      { type: 'OfferEnded', agent, outcome: offer },
      { type: 'CallbackMissed', ticket: call.ticket, because },
      { type: 'QueueLeft', queue: call.queue, outcome: 'not-reached', waitedMs: waitedMs(call, at) },
    ],
    end(call as CallState, at, 'not-reached', 'system'),
  );
};

const ringAgent = (call: In<'calling-back'>, queue: Queue): Command => ({
  type: 'RingPhone',
  leg: call.leg,
  extension: call.reserved.extension,
  callerNumber: call.ani,
  callerName: call.aniName === '' ? `${queue.name}: callback` : `${queue.name}: callback ${call.aniName}`,
  bridge: call.bridge,
  ...(queue.ringtone === undefined ? {} : { ringtone: queue.ringtone }),
});

const offered = (call: In<'calling-back'>, attempt: number, at: Instant): CallHappening => ({
  type: 'AgentOffered',
  queue: call.queue,
  agent: call.reserved.agent,
  extension: call.reserved.extension,
  attempt,
  waitedMs: waitedMs(call, at),
  decision: call.reserved.decision,
  customer: call.customer ?? null,
});
