import type { AgentId, FlowId, QueueId } from '../ids.ts';
import type { Calendar } from './calendar.ts';
import type { Flow } from './flow.ts';
import type { Language } from './language.ts';
import type { Roster } from './roster.ts';

/** Who answers, and why: one immutable document. A call keeps the version it entered with. */
export interface Policy {
  readonly version: number;
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

export interface Queue {
  readonly name: string;
  readonly members: readonly AgentId[];
  readonly strategy: 'longest-idle';
  /** How much sooner one point of priority is served: virtual arrival = entered − priority × boost. */
  readonly boostMs: number;
  /** How long an agent's phone rings before the next agent is tried. */
  readonly ringForMs: number;
  readonly wrapUpMs: number;
  /** After so many unanswered offers in a row the agent is paused. 0 never pauses. */
  readonly pauseAfterMissed: number;
  /** After so long in line the queue node's `timeout` edge is taken. 0 waits for ever. */
  readonly maxWaitMs: number;
  /** Name of a music class in Asterisk. */
  readonly music: string;
  readonly announce: {
    /** How often a caller's position is looked at; it is spoken only when it has improved. 0 is never. */
    readonly everyMs: number;
    readonly position: boolean;
    readonly wait: boolean;
  };
  /** Service level: the share `goal` (0 to 1) answered within `answerWithinMs`. */
  readonly target: { readonly answerWithinMs: number; readonly goal: number };
  /** An abandon sooner than this is short, and not counted against the service level. */
  readonly shortAbandonMs: number;
}
