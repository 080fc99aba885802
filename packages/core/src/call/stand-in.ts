import type { CallHappening } from '../fact/fact.ts';
import { legOf, type OutsideNumber } from '../ids.ts';
import type { PhoneTarget } from '../policy/roster.ts';
import { nextTrunk } from '../routing/outbound.ts';
import { withStandIns } from '../routing/stand-ins.ts';
import { faultInWords, isTrunkFault } from '../routing/trunk-fault.ts';
import { type Instant, later } from '../time.ts';
import type { Command } from './command.ts';
import type { CallEvent } from './event.ts';
import type { Surroundings } from './moves.ts';
import type { CallState } from './state.ts';
import type { Tried } from './tried.ts';

/** Who has not said a word to an INVITE after so long is not there (a server says `100 Trying` within 200 ms: RFC 3261 §17.2.1). */
export const silentForMs = 2000;

/** Whom to ring, by a trunk that can carry the call as far as is known; and when to ask whether it has said anything. */
export const firstTry = (
  wanted: PhoneTarget,
  at: Instant,
  { policy, trunk: now }: Pick<Surroundings, 'policy' | 'trunk'>,
): Omit<Tried, 'leg'> & { readonly passed: readonly Passed[] } => {
  const target = withStandIns(wanted, policy);
  if ('extension' in target || target.others === undefined) return { target, passed: [] };
  const { trunk = target.trunk, passed, left } = nextTrunk([target.trunk, ...target.others], now, false);
  return { ...tryingOver(target, trunk, left, at), passed: passedOver(passed) };
};

const tryingOver = (
  { number }: Extract<PhoneTarget, { trunk: string }>,
  trunk: string,
  left: readonly string[],
  at: Instant,
): Omit<Tried, 'leg'> =>
  left.length === 0
    ? { target: { number, trunk } }
    : { target: { number, trunk, others: left }, askAt: later(at, silentForMs) };

const passedOver = (passed: readonly { readonly trunk: string; readonly because: string }[]): readonly Passed[] =>
  passed.map(({ trunk, because }) => ({ type: 'TrunkPassed', trunk, because }));

type Passed = Extract<CallHappening, { type: 'TrunkPassed' }>;

/** The trunk that stands in for one that failed, and what that takes. */
export interface StandIn {
  readonly tried: Tried;
  readonly rung: { readonly number: OutsideNumber; readonly trunk: string };
  /** Of the call. */
  readonly made: number;
  readonly commands: readonly Command[];
  /** The one that failed, and those that are not tried, with the reasons. */
  readonly passed: readonly [Passed, ...Passed[]];
}

/**
 * The same number over the next trunk, when it is the trunk's fault that it is not reached.
 * @param party who the phone outside is told is calling, and what is to become of it
 * @returns undefined when it is not, or when no trunk is left
 */
export const standIn = (
  call: CallState,
  { leg: failed, target }: Tried,
  event: CallEvent,
  around: Surroundings,
  party: Omit<Extract<Command, { type: 'RingOutside' }>, 'type' | 'leg' | 'number' | 'trunk'>,
): StandIn | undefined => {
  const because = faultOf(event);
  if ('extension' in target || target.others === undefined || because === undefined) return undefined;
  const { trunk, passed, left } = nextTrunk(target.others, around.trunk, false);
  if (trunk === undefined) return undefined;
  const { number } = target;
  const leg = legOf(call.id, call.made + 1);
  return {
    tried: { leg, ...tryingOver(target, trunk, left, event.at) },
    rung: { number, trunk },
    made: call.made + 1,
    commands: [
      ...(event.type === 'TrunkHeard' ? [{ type: 'HangUp', channel: failed, cause: 'normal' } as const] : []),
      { type: 'RingOutside', leg, number, trunk, ...party },
    ],
    passed: [{ type: 'TrunkPassed', trunk: target.trunk, because }, ...passedOver(passed)],
  };
};

/** What the trunk did, in words; undefined when it is no fault of the trunk's. */
const faultOf = (event: CallEvent): string | undefined => {
  switch (event.type) {
    case 'LegEnded':
      return isTrunkFault(event.cause, event.status) ? faultInWords(event.cause, event.status) : undefined;
    case 'CommandFailed':
      return faultInWords('failed', undefined);
    case 'TrunkHeard':
      return event.heard ? undefined : 'no answer to the INVITE';
    default:
      return undefined;
  }
};

/** It need not be asked (again) whether the trunk is there. */
export const isThere = <T extends Tried>(tried: T): T => {
  const { askAt: _, ...known } = tried;
  return known as T;
};

/** A question whose answer is lost is put again. */
export const asked = <T extends Tried>(tried: T, at: Instant): readonly [T, readonly Command[]] =>
  tried.askAt !== undefined && tried.askAt <= at
    ? [{ ...tried, askAt: later(at, silentForMs) }, [{ type: 'AskWhetherHeard', leg: tried.leg }]]
    : [tried, []];
