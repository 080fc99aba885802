import { dialOut } from '../call/dialling.ts';
import { after, type Step, type Surroundings } from '../call/moves.ts';
import type { CallState } from '../call/state.ts';
import { tell } from '../call/telling.ts';
import type { AgentId, Extension } from '../ids.ts';
import type { CallClass, Outbound } from '../policy/outbound.ts';
import type { Policy } from '../policy/policy.ts';
import { type OutboundPlan, type OutboundRefusal, planOutbound, type ReadNumber } from '../routing/outbound.ts';
import type { Instant } from '../time.ts';

/** What a phone has dialled, or a page asks for. */
export interface Wish {
  readonly dialled: string;
  /** Absent: it is no telephone number. */
  readonly read?: ReadNumber;
  readonly extension: Extension;
  readonly agent?: AgentId;
  readonly language: CallState['language'];
  readonly at: Instant;
}

/** How a wish is fulfilled under the policy, or why not. */
export const planFor = (
  { dialled, read, extension, agent, language, at }: Wish,
  policy: Policy,
  isOn: (id: string) => boolean,
): OutboundPlan | OutboundRefusal => {
  const { outbound, calendars } = policy;
  if (outbound === undefined) return read === undefined ? 'not-a-number' : 'no-route';
  const skills = agent !== undefined && Object.hasOwn(policy.agents, agent) ? (policy.agents[agent]?.skills ?? {}) : {};
  return planOutbound(
    {
      dialled,
      ...(read === undefined ? {} : { read }),
      allowed: allowedTo(outbound, extension, agent),
      language,
      skills,
      at,
    },
    { outbound, calendars, isOn },
  );
};

/** What the agent may call; at a phone without one, what the phone may. */
export const allowedTo = (
  { permissions }: Outbound,
  extension: Extension,
  agent: AgentId | undefined,
): readonly CallClass[] => {
  const { roles, everyone, agents, phones } = permissions;
  const own = agent === undefined ? lookUp(phones, extension) : lookUp(agents, agent);
  return lookUp(roles, own ?? everyone) ?? [];
};

const lookUp = <Key extends string, Value>(table: Readonly<Record<Key, Value>>, key: Key): Value | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** A phone has dialled: the call goes out, or the phone is told why not. */
export const dialled = (
  call: CallState,
  plan: OutboundPlan | OutboundRefusal,
  at: Instant,
  around: Surroundings,
): Step =>
  typeof plan === 'string'
    ? after([], [{ type: 'OutboundRefused', because: plan }], tell(call, [refusalSounds[plan]], 'rejected', at))
    : dialOut(call, plan, at, around);

const refusalSounds = {
  'not-a-number': 'cordboard/unknown-number',
  'not-permitted': 'cordboard/call-not-permitted',
  'no-route': 'cordboard/no-route-out',
} as const satisfies Record<OutboundRefusal, string>;
