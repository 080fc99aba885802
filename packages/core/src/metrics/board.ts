import type { AdmissionLimit } from '../admission/strain.ts';
import type { AgentView } from '../agent/agent.ts';
import type { CallView } from '../call/view.ts';
import type { QueueOutline } from '../fact/fact.ts';
import type { CallId, QueueId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { TrunkState } from '../trunk/trunk.ts';
import type { Healing } from './healing.ts';
import type { StateCounts } from './state-counts.ts';

/** What a wallboard shows. Times are instants; the page does the ticking. */
export interface Board {
  readonly queues: readonly QueueSnapshot[];
  readonly agents: readonly AgentView[];
  readonly calls: readonly CallView[];
  /** Those of which something has been heard. */
  readonly trunks: readonly TrunkState[];
  /** What was found to differ from Asterisk in the last hour, and put right; oldest first. */
  readonly healings: readonly Healing[];
  /** For as long as callers are turned away at the admission limit. */
  readonly admission: AdmissionLimit | null;
  /** Whether call control has been heard of, and when last. */
  readonly policyVersion: number;
}

/** One queue's numbers now. */
export interface QueueSnapshot {
  readonly id: QueueId;
  readonly name: string;
  readonly target: { readonly answerWithinMs: number; readonly goal: number };
  readonly waiting: number;
  /** The call that has waited longest, and since when. */
  readonly longest: { readonly call: CallId; readonly since: Instant } | null;
  /** Members by state. */
  readonly members: StateCounts;
  readonly today: QueueToday;
}

/** Counted from facts since local midnight. Definitions: see docs/kpi.md. */
export interface QueueToday {
  /** Local date these figures belong to. */
  readonly date: string;
  readonly offered: number;
  readonly answered: number;
  readonly answeredWithin: number;
  readonly abandoned: number;
  readonly shortAbandoned: number;
  readonly overflowed: number;
  /** Not let in: the line was full, nobody was there, or it had closed. Not among those offered. */
  readonly turnedAway: number;
  /** Of those overflowed, who are promised to be called back: no abandons. */
  readonly callbacks: number;
  /** Promises kept. */
  readonly calledBack: number;
  /** answered within target ÷ (answered + abandoned that were not short); null when there is nothing to divide. */
  readonly serviceLevel: number | null;
  /** The same day by other houses' definitions. */
  readonly serviceLevels: {
    /** answered within target ÷ (answered + abandoned that were not short). */
    readonly general: number | null;
    /** answered within target ÷ answered: app_queue's SL. */
    readonly ofAnswered: number | null;
    /** (answered + abandoned, each within target) ÷ (answered + abandoned): app_queue's SL2. */
    readonly withAbandoned: number | null;
  };
  /** abandoned that were not short ÷ (offered − short abandons). */
  readonly abandonRate: number | null;
  /** Mean wait of answered calls. */
  readonly asaMs: number | null;
}

export type { QueueOutline };
