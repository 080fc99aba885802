import type { ForwardOccasion } from '../../exchange/desk.ts';
import type { CallHappening } from '../../fact/fact.ts';
import { bridgeOf, type Extension, legOf, type NodeId } from '../../ids.ts';
import type { TransferNode } from '../../policy/flow.ts';
import { localTime, weekOf } from '../../policy/hours.ts';
import type { OnCall, PhoneTarget, Roster } from '../../policy/roster.ts';
import { type Instant, later } from '../../time.ts';
import type { Command } from '../command.ts';
import { common, type Step, type Surroundings } from '../moves.ts';
import { nameOf } from '../party.ts';
import { firstTry } from '../stand-in.ts';
import type { CallState, RingingLeg } from '../state.ts';
import { forward } from './forward.ts';
import { type Going, ringback } from './going.ts';

/** What is rung, for how long, and who comes after. */
export interface ToRing {
  /** At once. */
  readonly targets: readonly PhoneTarget[];
  readonly forMs: number;
  /** Afterwards, one after another. */
  readonly others: readonly OnCall[];
  readonly noAnswer: NodeId;
  /** What goes along to a number outside. */
  readonly headers?: Readonly<Record<string, string>>;
  /** This very phone is wanted, not one of several: where it sends its calls is where this one goes. */
  readonly direct?: boolean;
}

/** Rings phones; those on another call, or that ask not to be disturbable, are left in peace. */
export const ring = (call: CallState, wanted: ToRing, going: Going): Step => {
  const { others, noAnswer, headers = {}, direct = false } = wanted;
  const { around, at, flow, node } = going;
  // Where calls are sent on says the phone that would ring, not the one that its agent has left.
  const targets = wanted.targets.map((target) =>
    'extension' in target ? { ...target, extension: around.phoneOf(target.extension) } : target,
  );
  const [only] = targets;
  if (direct && only !== undefined && 'extension' in only) {
    const sent = sentOn(call, only.extension, 'always', wanted, going);
    if (sent !== undefined) return sent;
  }
  const disturbable = targets.filter((target) => !isUndisturbable(target, around));
  const free = disturbable.filter((target) => !('extension' in target && around.agentAt(target.extension)?.busy));
  if (free.length === 0) {
    const [next, ...rest] = others;
    if (next !== undefined) return ring(call, { targets: [next], forMs: next.forMs, others: rest, noAnswer }, going);
    const sent =
      direct && only !== undefined && 'extension' in only
        ? sentOn(call, only.extension, 'busy', wanted, going)
        : undefined;
    return sent ?? going.on(noAnswer, whyNobody(targets, disturbable), call);
  }
  const forMs = direct && only !== undefined ? ringsFor(only, wanted.forMs, around) : wanted.forMs;
  const tries = free.map((target) => firstTry(target, at, around));
  const legs = tries.map(({ passed: _, ...tried }, index): RingingLeg => {
    const { target } = tried;
    const agent = 'extension' in target ? around.agentAt(target.extension)?.agent : undefined;
    return { ...tried, leg: legOf(call.id, call.made + 1 + index), ...(agent === undefined ? {} : { agent }) };
  });
  const made = call.made + legs.length + 1;
  const bridge = bridgeOf(call.id, made);
  const [alone] = legs.length === 1 ? legs : [];
  return [
    {
      ...common(call),
      phase: 'ringing',
      flow,
      node,
      legs,
      bridge,
      until: later(at, forMs),
      others,
      noAnswer,
      made,
      phaseSince: at,
      ...(direct ? { direct } : {}),
      ...(alone === undefined ? {} : { extension: nameOf(alone.target) }),
      ...(alone?.agent === undefined ? {} : { agent: alone.agent }),
    },
    [
      ...ringback(call),
      ...legs.map(({ leg, target }): Command => {
        const party = {
          leg,
          callerNumber: call.ani,
          callerName: call.aniName,
          originator: call.caller,
          bridge,
        };
        return 'extension' in target
          ? { type: 'RingPhone', extension: target.extension, ...party }
          : { type: 'RingOutside', number: target.number, trunk: target.trunk, headers, ...party };
      }),
    ],
    [
      ...tries.flatMap(({ passed }) => passed),
      ...legs.map(
        ({ target, agent }): CallHappening =>
          'extension' in target
            ? {
                type: 'ExtensionRung',
                extension: target.extension,
                agent: agent ?? null,
                customer: call.customer ?? null,
                together: legs.length,
              }
            : { type: 'NumberRung', number: target.number, trunk: target.trunk },
      ),
    ],
  ];
};

/** The call goes where the phone sends it; the flow goes on as if this phone had been rung. */
export const sentOn = (
  call: CallState,
  extension: Extension,
  occasion: ForwardOccasion,
  { forMs, others, noAnswer }: Pick<ToRing, 'forMs' | 'others' | 'noAnswer'>,
  going: Going,
): Step | undefined =>
  forward(call, extension, occasion, going, {
    ring: (target, changed) =>
      ring(
        changed,
        { targets: [target], forMs, others, noAnswer, headers: contextOf(changed, []), direct: true },
        going,
      ),
    giveUp: (because, changed) => going.on(noAnswer, because, changed),
  });

const isUndisturbable = (target: PhoneTarget, around: Surroundings): boolean =>
  'extension' in target && around.deskAt(target.extension)?.doNotDisturb === true;

const whyNobody = (targets: readonly PhoneTarget[], disturbable: readonly PhoneTarget[]): string => {
  if (targets.length === 0) return 'nobody to ring';
  const names = targets.map(nameOf).join(', ');
  if (disturbable.length === 0) return `${names} ${targets.length === 1 ? 'is' : 'are'} not to be disturbable`;
  return `${names} ${targets.length === 1 ? 'is' : 'are'} on another call`;
};

/** A phone that sends on what it does not answer rings for so long as it says. */
const ringsFor = (target: PhoneTarget, forMs: number, around: Surroundings): number => {
  const sends = 'extension' in target ? around.deskAt(target.extension)?.forwarding.noAnswer : undefined;
  return sends === undefined ? forMs : Math.min(forMs, sends.afterMs);
};

/** One phone. */
export const ringExtension = (
  call: CallState,
  { extension, forMs, noAnswer }: { extension: Extension; forMs: number; noAnswer: NodeId },
  going: Going,
): Step => ring(call, { targets: [{ extension }], forMs, others: [], noAnswer, direct: true }, going);

/** Those on call this week, one after another. */
export const ringRoster = (call: CallState, roster: Roster | undefined, noAnswer: NodeId, going: Going): Step => {
  const [first, ...others] = roster === undefined ? [] : onCallAt(roster, going.at);
  return first === undefined
    ? going.on(noAnswer, 'nobody is on call', call)
    : ring(call, { targets: [first], forMs: first.forMs, others, noAnswer, headers: contextOf(call, []) }, going);
};

/** Somebody whom this house does not know, over a trunk. */
export const transfer = (call: CallState, node: TransferNode, going: Going): Step =>
  ring(
    call,
    {
      targets: [{ number: node.number, trunk: node.trunk }],
      forMs: node.forMs,
      others: [],
      noAnswer: node.noAnswer,
      headers: contextOf(call, node.attributes),
    },
    going,
  );

/** The order of the week, or the one that holds when the week has none of its own. */
export const onCallAt = (roster: Roster, at: Instant): readonly OnCall[] => {
  const week = weekOf(localTime(roster.timeZone, at).date);
  return Object.hasOwn(roster.weeks, week) ? (roster.weeks[week] ?? []) : roster.order;
};

/** What the other house may read of the call: pairs as in a URL's query, so that no value can end the header. */
export const contextOf = (call: CallState, names: readonly string[]): Readonly<Record<string, string>> => {
  const pairs: readonly (readonly [string, string | undefined])[] = [
    ['call', call.id],
    ['queue', common(call).lastPlace?.queue],
    ...names.map((name) => [name, Object.hasOwn(call.attributes, name) ? call.attributes[name] : undefined] as const),
  ];
  return {
    'X-Cordboard-Context': pairs
      .flatMap(([name, value]) =>
        value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`],
      )
      .join('&'),
  };
};
