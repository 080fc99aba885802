import type { OutsideNumber, SkillId } from '../ids.ts';
import type { Calendar } from '../policy/calendar.ts';
import { openAt } from '../policy/hours.ts';
import type { Language } from '../policy/language.ts';
import type { CallClass, Outbound, OutboundRoute } from '../policy/outbound.ts';
import type { Instant } from '../time.ts';

/** A dialled string, read as a telephone number: there is one, and it is written here in full. */
export interface ReadNumber {
  /** E.164, with its plus. */
  readonly number: OutsideNumber;
  /** ISO 3166; absent for numbers of no country, as satellites have. */
  readonly country?: string;
  /** `unknown`: it can be a number, but lies in a range of which nothing is known. */
  readonly line: 'fixed' | 'mobile' | 'premium' | 'other' | 'unknown';
}

/** Who wants to call whom, and what of them counts. */
export interface OutboundWish {
  /** As dialled. */
  readonly dialled: string;
  /** Absent: it is no number. */
  readonly read?: ReadNumber;
  readonly allowed: readonly CallClass[];
  readonly language: Language;
  readonly skills: Readonly<Record<SkillId, number>>;
  readonly at: Instant;
}

/** How a call goes out. */
export interface OutboundPlan {
  readonly number: OutsideNumber;
  readonly class: CallClass | 'emergency';
  /** The route's name. */
  readonly route: string;
  readonly callerId: string;
  readonly trunks: readonly string[];
  /** Why this route, and why not those before it. */
  readonly because: string;
}

/** Why a call is not made. */
export type OutboundRefusal = 'not-a-number' | 'not-permitted' | 'no-route';

/** What the policy says of when and where. */
export interface OutboundRules {
  readonly outbound: Outbound;
  readonly calendars: Readonly<Record<string, Calendar>>;
  isOn(id: string): boolean;
}

/**
 * By which route a number is called, or why it is not. Who calls for help is never asked what they may do, and nothing
 * leaves here as a number that has not been read as one.
 */
export const planOutbound = (wish: OutboundWish, rules: OutboundRules): OutboundPlan | OutboundRefusal => {
  const { outbound } = rules;
  const { emergency } = outbound;
  if (isEmergency(outbound, wish.dialled))
    return {
      number: wish.dialled as OutsideNumber,
      class: 'emergency',
      route: 'emergency',
      callerId: emergency.callerId,
      trunks: emergency.trunks,
      because: `${wish.dialled} is an emergency number`,
    };
  if (wish.read === undefined) return 'not-a-number';
  const callClass = classOf(wish.read, outbound.country);
  if (!wish.allowed.includes(callClass)) return 'not-permitted';
  const objections: string[] = [];
  for (const route of outbound.routes) {
    const objection = objectionTo(route, wish, wish.read, rules);
    if (objection === undefined)
      return {
        number: wish.read.number,
        class: callClass,
        route: route.name,
        callerId: route.callerId,
        trunks: route.trunks,
        because: [...objections, `${route.name}: fits`].join('; '),
      };
    objections.push(`${route.name}: ${objection}`);
  }
  return 'no-route';
};

export const isEmergency = ({ emergency }: Outbound, dialled: string): boolean => emergency.numbers.includes(dialled);

/**
 * Premium numbers are that in every country; then it counts whether the call stays in the house's own. What is not known
 * may be dear, and is taken for it.
 */
export const classOf = ({ country, line }: ReadNumber, home: string): CallClass => {
  if (line === 'premium' || line === 'unknown') return 'premium';
  if (country !== home) return 'international';
  return line === 'mobile' ? 'mobile' : 'national';
};

const objectionTo = (
  { to, calendar, language, skills }: OutboundRoute,
  wish: OutboundWish,
  { number }: ReadNumber,
  { calendars, isOn }: OutboundRules,
): string | undefined => {
  if (to.length > 0 && !to.some((beginning) => number.startsWith(beginning)))
    return `the number does not begin with ${to.join(' or ')}`;
  if (language !== undefined && language !== wish.language) return `the call is in ${wish.language}`;
  for (const [skill, level] of Object.entries(skills))
    if ((wish.skills[skill as SkillId] ?? 0) < level) return `${skill} at level ${level} is wanted`;
  if (calendar === undefined) return undefined;
  const hours = Object.hasOwn(calendars, calendar) ? calendars[calendar] : undefined;
  const { open, because } =
    hours === undefined ? { open: false, because: 'closed: no such calendar' } : openAt(hours, wish.at, isOn);
  return open ? undefined : because;
};

/** What is known of a trunk when it is to be chosen. */
export interface TrunkNow {
  /** All its channels are taken, and that many there are. */
  readonly full?: number;
  /** It does not answer, or turns us away. */
  readonly down?: string;
}

/** Which trunk is tried next, and why not those before it. */
export interface TrunkChoice {
  readonly trunk?: string;
  readonly passed: readonly { readonly trunk: string; readonly because: string }[];
  /** Those to try when this one fails. */
  readonly left: readonly string[];
}

/**
 * The first that can carry a call. One that seems to be down is tried after all others, since what is known of it may be a
 * minute old; one that is full is not tried, except for help.
 */
export const nextTrunk = (
  trunks: readonly string[],
  now: (trunk: string) => TrunkNow,
  isForHelp: boolean,
): TrunkChoice => {
  const passed: { trunk: string; because: string }[] = [];
  const down: string[] = [];
  for (const [index, trunk] of trunks.entries()) {
    const known = now(trunk);
    if (known.full !== undefined && !isForHelp) {
      passed.push({ trunk, because: `all its ${known.full} channels are taken` });
      continue;
    }
    if (known.down === undefined) return { trunk, passed, left: [...trunks.slice(index + 1), ...down] };
    passed.push({ trunk, because: known.down });
    down.push(trunk);
  }
  const [first, ...left] = down;
  return first === undefined
    ? { passed, left: [] }
    : { trunk: first, passed: passed.filter(({ trunk }) => trunk !== first), left };
};
