import type { CallEvent } from '../call/event.ts';
import { calledAgent } from '../call/party.ts';
import type { CallState, In } from '../call/state.ts';
import type { TransferTarget } from '../call/transfer.ts';
import type { AgentId, CallId, ChannelId, Extension, OutsideNumber, QueueId } from '../ids.ts';
import type { Policy } from '../policy/policy.ts';
import type { ReadNumber } from '../routing/outbound.ts';
import type { Instant } from '../time.ts';
import type { ExchangeEvent } from './event.ts';
import type { Refused } from './outcome.ts';
import { placeWanted } from './parking.ts';
import { type Transferor, transferTarget, type WayOut } from './transfer-target.ts';

/** What has to be known of the floor to decide about a transfer. */
export interface TransferFloor {
  readonly phones: Pick<ReadonlySet<Extension>, 'has'>;
  readonly wayOut: WayOut;
  callWith(leg: ChannelId): CallState | undefined;
  policyOf(call: CallState): Policy;
  agentAt(extension: Extension): { readonly agent: AgentId; readonly busy: boolean } | undefined;
  /** Where calls to this extension ring: its agent may have signed in at another phone. */
  phoneOf(extension: Extension): Extension;
  /** Whether a phone asks not to be disturbed. */
  isUndisturbable(extension: Extension): boolean;
  /** The place for a call that is to be parked; undefined when it is taken. */
  placeFor(wanted: number | 'any'): number | undefined;
  /** The phone of the member who has been free longest, of those with the least penalty. */
  freeIn(queue: QueueId): Extension | undefined;
}

/** What is to happen to which call, in order; or why nothing is. */
export type TransferDecision =
  | {
      readonly events: readonly { readonly call: CallId; readonly event: CallEvent }[];
      /** The phone's other leg, which is not needed any more. */
      readonly hangUp?: ChannelId;
    }
  | { readonly refusal: Refused };

/** A page asks. Whoever placed the call hands on their own side of it; all others act for the one who answered. */
export const decidePageTransfer = (
  call: CallState,
  { request, read, agent, at }: Extract<ExchangeEvent, { type: 'TransferAsked' }>,
  floor: TransferFloor,
): TransferDecision => {
  if (request.is !== 'begin') {
    if (call.phase !== 'consulting') return { refusal: 'not-consulting' };
    const type = request.is === 'complete' ? 'TransferCompletionAsked' : 'TransferCancellationAsked';
    return { events: [{ call: call.id, event: { type, at } }] };
  }
  if (call.phase !== 'talking') return { refusal: 'not-talking' };
  if (call.third !== undefined) return { refusal: 'three-already' };
  const leg = agent !== null && agent === call.callerAgent && agent !== calledAgent(call) ? call.caller : call.leg;
  const wish = { to: request.to, by: transferorAt(call, leg), ...(read === undefined ? {} : { read }) };
  const found = transferTarget(wish, call, floor.policyOf(call), floor);
  if (found === undefined) return { refusal: 'no-such-destination' };
  if (typeof found === 'string') return { refusal: found };
  const asked = { type: 'TransferAsked', at, leg, kind: request.kind, from: 'page' } as const;
  if (request.kind === 'blind') return { events: [{ call: call.id, event: { ...asked, target: found } }] };
  const target = somebody(found, floor);
  if (target === undefined) return { refusal: 'nobody-free' };
  const seated = target.is === 'extension' ? floor.agentAt(target.extension) : undefined;
  if (seated?.busy === true) return { refusal: 'target-busy' };
  if (target.is === 'extension' && floor.isUndisturbable(target.extension)) return { refusal: 'phone-busy' };
  return {
    events: [{ call: call.id, event: { ...asked, target, ...(seated === undefined ? {} : { agent: seated.agent }) } }],
  };
};

/** To be consulted a queue needs somebody who is free now; a number of the house's own is nobody's phone. */
const somebody = (target: TransferTarget, { freeIn, phoneOf }: TransferFloor): TransferTarget | undefined => {
  if (target.is === 'number') return undefined;
  if (target.is === 'extension') return { is: 'extension', extension: phoneOf(target.extension) };
  if (target.is !== 'queue') return target;
  const extension = freeIn(target.queue);
  return extension === undefined ? undefined : { is: 'extension', extension };
};

/** A phone asks (REFER): to a number, or to the party of another of its calls. */
export const decidePhoneTransfer = (
  { leg, to, read, at }: Extract<ExchangeEvent, { type: 'PhoneTransferred' }>,
  floor: TransferFloor,
): TransferDecision => {
  const call = floor.callWith(leg);
  if (call?.phase !== 'talking') return { refusal: 'not-talking' };
  if (call.third !== undefined) return { refusal: 'three-already' };
  if ('dialled' in to) {
    const place = placeWanted(to.dialled);
    return place === undefined
      ? toNumber(call, leg, { number: to.dialled, read }, at, floor)
      : toPlace(call, leg, floor.placeFor(place), at);
  }
  const other = floor.callWith(to.leg);
  if (other === undefined || other.id === call.id) return { refusal: 'no-such-destination' };
  if (other.phase === 'talking' && other.third !== undefined) return { refusal: 'three-already' };
  // The call that came to the phone is kept, whichever of the two the phone names; of two that it placed, the one it asks by.
  if (call.caller === leg && other.phase === 'talking' && other.leg === to.leg)
    return joined(other, to.leg, call, leg, leg, at);
  if (other.phase === 'talking') return joined(call, leg, other, to.leg, leg, at);
  if (other.from !== 'phone' || other.caller !== to.leg) return { refusal: 'no-such-destination' };
  // Nobody has answered there yet: the call goes where the phone was going, once nobody is rung for the phone itself.
  const decided = toNumber(call, leg, { number: other.dnis, read }, at, floor);
  return 'refusal' in decided
    ? decided
    : {
        events: [
          { call: other.id, event: { type: 'LegEnded', at, leg: other.caller, cause: 'hung-up' } },
          ...decided.events,
        ],
        hangUp: other.caller,
      };
};

const toPlace = (call: In<'talking'>, leg: ChannelId, slot: number | undefined, at: Instant): TransferDecision =>
  slot === undefined
    ? { refusal: 'no-place-free' }
    : { events: [{ call: call.id, event: { type: 'Parked', at, slot, leg } }] };

const toNumber = (
  call: In<'talking'>,
  leg: ChannelId,
  { number, read }: { readonly number: string; readonly read: ReadNumber | undefined },
  at: Instant,
  floor: TransferFloor,
): TransferDecision => {
  const wish = { to: { number }, by: transferorAt(call, leg), ...(read === undefined ? {} : { read }) };
  const target = transferTarget(wish, call, floor.policyOf(call), floor);
  if (target === undefined) return { refusal: 'no-such-destination' };
  return typeof target === 'string'
    ? { refusal: target }
    : { events: [{ call: call.id, event: { type: 'TransferAsked', at, leg, kind: 'blind', target, from: 'phone' } }] };
};

/** Whoever is at this end of the call. */
const transferorAt = (call: In<'talking'>, leg: ChannelId): Transferor => {
  const agent = leg === call.caller ? call.callerAgent : calledAgent(call);
  const extension = (leg === call.caller ? call.source : (call.extension ?? '')) as Extension;
  return agent === undefined ? { extension } : { agent, extension };
};

const joined = (
  kept: In<'talking'>,
  leg: ChannelId,
  other: In<'talking'>,
  otherLeg: ChannelId,
  notified: ChannelId,
  at: Instant,
): TransferDecision => ({
  events: [
    { call: other.id, event: { type: 'MergedInto', at, call: kept.id } },
    {
      call: kept.id,
      event: {
        type: 'PartyReplaced',
        at,
        leg,
        otherLeg,
        otherBridge: other.bridge,
        notified,
        party: partyBeside(other, otherLeg),
      },
    },
  ],
});

/** Whom the phone talks with by this leg of its own. */
const partyBeside = (other: In<'talking'>, own: ChannelId): Extract<CallEvent, { type: 'PartyReplaced' }>['party'] => {
  const { caller, leg, extension, trunk, callerAgent, from, source, ani } = other;
  const agent = own === caller ? calledAgent(other) : callerAgent;
  const who = agent === undefined ? {} : { agent };
  return own === caller
    ? { leg, extension, ...who, ...(trunk === undefined ? {} : { trunk }) }
    : { leg: caller, extension: (from === 'phone' ? source : ani) as Extension | OutsideNumber, ...who };
};

/** Whose call it was that a leg belongs to now, where its name says another. */
export class AdoptedLegs {
  readonly #calls = new Map<ChannelId, CallId>();

  get(leg: ChannelId): CallId | undefined {
    return this.#calls.get(leg);
  }

  note(call: CallId, legs: readonly ChannelId[], nameOf: (leg: ChannelId) => CallId): void {
    for (const [leg, owner] of this.#calls) if (owner === call && !legs.includes(leg)) this.#calls.delete(leg);
    for (const leg of legs) if (nameOf(leg) !== call) this.#calls.set(leg, call);
  }
}
