import type { AgentId, FlowId, QueueId, SkillId } from '../ids.ts';
import type { Admission } from './admission.ts';
import type { Calendar } from './calendar.ts';
import type { Flow } from './flow.ts';
import type { Language } from './language.ts';
import type { Outbound } from './outbound.ts';
import type { Levels, Queue } from './queue.ts';
import type { Roster } from './roster.ts';

/** Who answers, and why: one immutable document. A call keeps the version it entered with. */
export interface Policy {
  readonly version: number;
  /** Those who wait when it is published go by it from then on; others keep the version they came in with. */
  readonly moveWaiting?: boolean;
  /** Where "today" begins and ends for the figures of the day. IANA name, as `Europe/Paris`. */
  readonly timeZone: string;
  readonly numbers: readonly InboundNumber[];
  readonly flows: Readonly<Record<FlowId, Flow>>;
  readonly queues: Readonly<Record<QueueId, Queue>>;
  readonly calendars: Readonly<Record<string, Calendar>>;
  /** What is turned by hand: from a phone, by `*28` and the switch's digits, or by the API. */
  readonly switches: Readonly<Record<string, Switch>>;
  /** Numbers that a branch can ask for. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly rosters: Readonly<Record<string, Roster>>;
  readonly skills: Readonly<Record<SkillId, { readonly name: string }>>;
  /** What each agent can do, and the language that they call in when it is not that of the first number. */
  readonly agents: Readonly<Record<AgentId, { readonly skills: Levels; readonly language?: Language }>>;
  /** Calls to outside; absent: there are none. */
  readonly outbound?: Outbound;
  /** So long nobody need fetch a parked call before the phone rings that parked it, in ms; two minutes. */
  readonly parkForMs?: number;
  /** Beyond what no new call is begun; absent: every call is. */
  readonly admission?: Admission;
}

export interface Switch {
  readonly name: string;
  /** What follows `*28` at a desk phone; absent: not turned by phone. */
  readonly digits?: string;
}

/** A DID: the number rented, and the flow its callers meet. */
export interface InboundNumber {
  readonly number: string;
  readonly name: string;
  readonly language: Language;
  readonly flow: FlowId;
  /** What every call to this number carries from the beginning. */
  readonly attributes?: Readonly<Record<string, string>>;
}
