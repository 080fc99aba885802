import type { Desk } from '../exchange/desk.ts';
import type { Disposition } from '../fact/disposition.ts';
import type { CallHappening, OfferOutcome, WaitInterval } from '../fact/fact.ts';
import type { AgentId, Extension, QueueId, TicketId } from '../ids.ts';
import type { Place } from '../line/line.ts';
import type { QueueFigure } from '../policy/condition.ts';
import type { Policy } from '../policy/policy.ts';
import type { Queue } from '../policy/queue.ts';
import type { TrunkNow } from '../routing/outbound.ts';
import { elapsedMs, type Instant, later } from '../time.ts';
import type { Attributes } from './attributes.ts';
import type { Command, HangUpCause } from './command.ts';
import type { CallEvent, LegEnd } from './event.ts';
import type { CallState, Common, LastPlace, Waiting } from './state.ts';
import { callView } from './view.ts';

/** What the call becomes, what it asks for, what happened: in this order of reading. */
export type Step = readonly [CallState, readonly Command[], readonly CallHappening[]];

/** What a call may know of the world around it. Answers questions, changes nothing. */
export interface Surroundings {
  readonly policy: Policy;
  queue(id: QueueId): Queue | undefined;
  /** Where a place stands, or would stand, in its queue. From 1. */
  position(queue: QueueId, place: Place): number;
  /** How long a caller at this position will wait, by the last calls of the queue; undefined when nothing is known. */
  expectedWait(queue: QueueId, position: number): ExpectedInterval | undefined;
  /** Members who are signed in, and those of them who have not paused. */
  staff(queue: QueueId): { readonly signedIn: number; readonly available: number };
  /** Whether an agent is signed in and has not paused. */
  isHere(agent: AgentId): boolean;
  /** After-call work of this agent for this queue. */
  wrapUpMs(queue: QueueId, agent: AgentId): number;
  /** The place in the queue that a promise to call this number back keeps, or a call that was lost a moment before. */
  keptPlace(queue: QueueId, number: string, at: Instant): KeptPlace | undefined;
  /** A queue's figure now; undefined when it is not known. */
  figure(queue: QueueId, figure: QueueFigure): number | undefined;
  /** Whether a switch is turned on. */
  isOn(id: string): boolean;
  /** How a desk phone is set; undefined: the house has no such phone. */
  deskAt(extension: Extension): Desk | undefined;
  /** What is known of a trunk. */
  trunk(id: string): TrunkNow;
  /** Where calls to this extension ring: its agent may have signed in at another phone. */
  phoneOf(extension: Extension): Extension;
  /** The agent at a desk phone, and whether they are in the middle of another call. */
  agentAt(extension: Extension): { readonly agent: AgentId; readonly busy: boolean } | undefined;
}

/** A place in line that was taken earlier. */
export interface KeptPlace {
  /** Of the promise that kept it; absent: the caller has stood here before, and comes back. */
  readonly ticket?: TicketId;
  readonly queuedAt: Instant;
  readonly virtualArrival: Instant;
  readonly priority: number;
  /** Why the caller has it, where nothing else tells. */
  readonly because?: string;
}

export interface ExpectedInterval extends WaitInterval {
  readonly meanMs: number;
}

export const stay = (call: CallState): Step => [call, [], []];

/** Does `more` first, then goes on with the step: keeps commands and facts in the order they happen. */
export const after = (
  commands: readonly Command[],
  facts: readonly CallHappening[],
  [call, then, told]: Step,
): Step => [call, [...commands, ...then], [...facts, ...told]];

/** What holds in every phase, without what held only in the last one. */
export const common = (call: CallState): Common => ({
  id: call.id,
  caller: call.caller,
  from: call.from,
  direction: call.direction,
  source: call.source,
  ani: call.ani,
  aniName: call.aniName,
  dnis: call.dnis,
  language: call.language,
  arrivedAt: call.arrivedAt,
  policyVersion: call.policyVersion,
  answered: call.answered,
  music: call.music,
  service: call.service,
  phaseSince: call.phaseSince,
  made: call.made,
  told: call.told,
  ...(call.beyondLimit === undefined ? {} : { beyondLimit: call.beyondLimit }),
  ...(call.callerAgent === undefined ? {} : { callerAgent: call.callerAgent }),
  ...(call.customer === undefined ? {} : { customer: call.customer }),
  ...(call.lastCalls === undefined ? {} : { lastCalls: call.lastCalls }),
  attributes: call.attributes,
  ...(call.talked === undefined ? {} : { talked: call.talked }),
  ...(call.transfer === undefined ? {} : { transfer: call.transfer }),
  ...lastPlaceOf(call),
  ...(call.forwards === undefined ? {} : { forwards: call.forwards }),
  ...(call.secrets === undefined ? {} : { secrets: call.secrets }),
});

/** A caller who is not in line any more keeps in mind where they stood. */
const lastPlaceOf = (call: CallState): { readonly lastPlace?: LastPlace } => {
  if (call.phase === 'queued' || call.phase === 'offered') {
    const { queue, queuedAt, virtualArrival, priority, requires } = call;
    return { lastPlace: { queue, queuedAt, virtualArrival, priority, requires } };
  }
  return call.lastPlace === undefined ? {} : { lastPlace: call.lastPlace };
};

/** Where a waiting call stands in its line. */
export const placeOf = (call: Common & Waiting): Place => ({ who: call.id, virtualArrival: call.virtualArrival });

/** Whose event this is: one about a leg we do not have (any more) is answered by {@link strayLeg}. */
export const isCallerGone = (call: CallState, event: CallEvent): boolean =>
  event.type === 'LegEnded' && event.leg === call.caller;

/** A leg that nobody waits for has answered: let it go. All else that is late is let pass. */
export const strayLeg = (call: CallState, event: CallEvent): Step =>
  event.type === 'LegAnswered' && event.leg !== call.caller
    ? [call, [{ type: 'HangUp', channel: event.leg, cause: 'normal' }], []]
    : stay(call);

/** The end, as seen by the business. */
export const end = (
  call: CallState,
  at: Instant,
  disposition: Disposition,
  endedBy: 'caller' | 'agent' | 'system',
  talkedMs = 0,
): Step => {
  // Who has talked with somebody was answered, however the call went on.
  const outcome = call.talked === undefined ? disposition : 'answered';
  return [
    { ...common(call), phase: 'ended', disposition: outcome, phaseSince: at },
    [],
    [
      {
        type: 'CallEnded',
        disposition: outcome,
        endedBy,
        talkedMs: talkedMs + (call.talked?.ms ?? 0),
        view: callView(call),
      },
    ],
  ];
};

/** Of a call that a phone of the house has placed, it is the agent whose leg is the caller's. */
export const endedBy = ({ direction, from }: Common, byCallersLeg: boolean): 'caller' | 'agent' =>
  byCallersLeg === (direction === 'out' && from === 'phone') ? 'agent' : 'caller';

/** Ends the caller's leg, and with it the call. */
export const hangUpCaller = (
  call: CallState,
  at: Instant,
  disposition: Disposition,
  cause: HangUpCause = 'normal',
): Step => after([{ type: 'HangUp', channel: call.caller, cause }], [], end(call, at, disposition, 'system'));

/** How a leg's end looks to the one who offered it a call. */
export const offerOutcome = (cause: LegEnd): OfferOutcome => {
  switch (cause) {
    case 'no-answer':
      return 'no-answer';
    case 'refused':
    case 'busy':
    case 'hung-up':
      return 'refused';
    case 'unreachable':
    case 'failed':
      return 'unreachable';
    case 'lost':
      return 'lost';
  }
};

/** The next moment to look whether the position has improved. */
export const nextAnnouncement = (queue: Queue | undefined, at: Instant): { readonly announceAt?: Instant } =>
  queue !== undefined && queue.announce.everyMs > 0 && (queue.announce.position || queue.announce.wait)
    ? { announceAt: later(at, queue.announce.everyMs) }
    : {};

export const waitedMs = (call: Pick<Waiting, 'queuedAt'>, at: Instant): number => elapsedMs(call.queuedAt, at);

/** With what has become known; what was known under the same names is replaced. */
export const withAttributes = (call: CallState, attributes: Attributes): CallState => ({
  ...call,
  attributes: { ...call.attributes, ...attributes },
});
