import type { AgentId, SkillId } from '../ids.ts';
import type { Language } from './language.ts';

/** How those who are free are ranked for a caller; the names are those of `queues.conf`, hyphenated, where it has one. */
export const strategies = [
  'ring-all',
  'longest-idle',
  'fewest-calls',
  'round-robin',
  'linear',
  'random',
  'most-skilled',
] as const;
export type Strategy = (typeof strategies)[number];

/** Levels by skill, 1 to 10. */
export type Levels = Readonly<Record<SkillId, number>>;

/** Who waits hears nothing but what is said: a tenth of what music costs Asterisk, for who holds very many. */
export const noMusic = 'none';

export interface Queue {
  readonly name: string;
  /** In the order of `linear` and `round-robin`. */
  readonly members: readonly Member[];
  readonly strategy: Strategy;
  /** What an agent must be able to do for a caller of this queue. */
  readonly requires: Levels;
  /** What is asked less of with time, step by step. */
  readonly relax: readonly Relaxation[];
  /** Between queues that want the same agent: so many points of priority more for everybody in this one. */
  readonly weight: number;
  /** How much sooner one point of priority is served: virtual arrival = entered − priority × boost. */
  readonly boostMs: number;
  /** Points of priority that a customer's segment adds: `vip`, `partner` … */
  readonly priorityBySegment: Readonly<Record<string, number>>;
  /** Segments whose entry is told to supervisors at once. */
  readonly alertSegments: readonly string[];
  /** How long an agent's phone rings before the next agent is tried. */
  readonly ringForMs: number;
  readonly wrapUpMs: number;
  /** A ringtone that the phones know by this name, so that an agent hears which line calls. */
  readonly ringtone?: string;
  /** What a conversation can have been about: `order`, `complaint` … Absent: nobody is asked. */
  readonly wrapUpCodes?: readonly string[];
  /** An agent is offered no other call before one of the codes is given. */
  readonly wrapUpCodeRequired?: boolean;
  /** After so many unanswered offers in a row the agent is paused. 0 never pauses. */
  readonly pauseAfterMissed: number;
  /** How long an agent who let the phone ring is left alone. 0: offered the next call at once. */
  readonly restAfterMissedMs: number;
  readonly limits: QueueLimits;
  /** Name of a music class in Asterisk, or {@link noMusic}. */
  readonly music: string;
  /** What is heard instead by some; the first that fits, looked for at entry. */
  readonly treatments: readonly Treatment[];
  /** What is said from time to time, one after another, round and round. */
  readonly messages: { readonly everyMs: number; readonly sounds: readonly string[] };
  readonly announce: {
    /** How often a caller's position is looked at; it is spoken only when it has improved. 0 is never. */
    readonly everyMs: number;
    readonly position: boolean;
    readonly wait: boolean;
  };
  readonly callback: CallbackRules;
  /** Service level: the share `goal` (0 to 1) answered within `answerWithinMs`. */
  readonly target: { readonly answerWithinMs: number; readonly goal: number };
  /** An abandon sooner than this is short, and not counted against the service level. */
  readonly shortAbandonMs: number;
}

/** An agent's place in one queue. */
export interface Member {
  readonly agent: AgentId;
  /** Who has less is rung first. */
  readonly penalty: number;
  /** In place of the queue's own. */
  readonly wrapUpMs?: number;
}

/** After so long in line a skill is asked for at this level, and one that is not named here no more. It never asks for more. */
export interface Relaxation {
  readonly afterMs: number;
  readonly requires: Levels;
}

/** When callers are not let in, or let go: where to, the flow's node says. 0 is no limit. */
export interface QueueLimits {
  /** So many wait at most. */
  readonly length: number;
  /** Whose expected wait at entry would be longer is not let in. */
  readonly expectedWaitMs: number;
  /** After so long in line the caller is let go. */
  readonly waitMs: number;
  /** When this calendar closes, those who still wait are let go. */
  readonly calendar?: string;
}

/** What a caller hears while waiting: for those of this segment, language, or who called so often within a week. */
export interface Treatment {
  readonly segment?: string;
  readonly language?: Language;
  /** Calls of the last seven days, this one not counted. */
  readonly callsAtLeast?: number;
  readonly music?: string;
  /** Said once, at entry. */
  readonly welcome?: readonly string[];
  readonly messages?: { readonly everyMs: number; readonly sounds: readonly string[] };
}

/** How those are called back who left their number and kept their place. */
export interface CallbackRules {
  /** Who hears the phone first. */
  readonly order: 'agent-first' | 'customer-first';
  /** The outside lines to try, the first that takes the call. */
  readonly trunks: readonly string[];
  /** What the customer sees. */
  readonly callerId: string;
  readonly ringForMs: number;
  /** How often the customer is rung before the ticket is given up. */
  readonly attempts: number;
  /** Wait before the second attempt; each further one waits twice as long. */
  readonly backOffMs: number;
  /** Nobody is called back while this is closed. */
  readonly calendar?: string;
}
