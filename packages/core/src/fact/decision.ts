import type { AgentId, QueueId } from '../ids.ts';
import type { Waiter } from '../line/line.ts';
import type { Levels } from '../policy/queue.ts';
import type { Instant } from '../time.ts';

/** Why an agent was chosen: every candidate, and what spoke for or against each. */
export interface Decision {
  readonly policyVersion: number;
  readonly strategy: string;
  /** The rule that decided, in words. */
  readonly rule: string;
  /** What the scores compare, in order; less is sooner. */
  readonly criteria?: readonly string[];
  readonly requires?: Levels;
  /** The lines that wanted an agent at this moment: the least `weighted` was served. */
  readonly rivals?: readonly {
    readonly queue: QueueId;
    readonly who: Waiter;
    readonly virtualArrival: Instant;
    /** What the queue's weight is worth. */
    readonly aheadMs: number;
    readonly weighted: number;
  }[];
  /** Members of a large queue of whom nothing is told; none of them was free and able. */
  readonly untold?: number;
  readonly candidates: readonly Candidate[];
}

/** As it is told and kept: the candidates in as few characters as can be (`writeCandidates`); one by one in old facts. */
export type WrittenDecision = Omit<Decision, 'candidates'> & { readonly candidates: string | Decision['candidates'] };

export interface Candidate {
  readonly agent: AgentId;
  readonly name: string;
  readonly chosen: boolean;
  readonly reason: string;
  readonly idleMs: number | null;
  /** Of those who were free and able: the values of the decision's criteria. */
  readonly score?: readonly number[];
}
