import type { AgentId, QueueId } from '../ids.ts';
import type { Levels } from '../policy/queue.ts';

/**
 * What a waiting caller needs of whoever answers. Callers with the same need can be served by the same agents, and differ
 * by their place in line alone.
 */
export interface Need {
  readonly queue: QueueId;
  /** Whose rules the caller came in with. */
  readonly policyVersion: number;
  readonly requires: Levels;
  /** Nobody else for now. */
  readonly only?: AgentId;
}

/** Equal for equal needs. */
export const needKey = ({ queue, policyVersion, requires, only }: Need): string =>
  `${queue} ${policyVersion} ${levelsInWords(requires)} ${only ?? ''}`;

/** `en 4, fr 8`; empty when nothing is asked. */
export const levelsInWords = (levels: Levels): string =>
  Object.entries(levels)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([skill, level]) => `${skill} ${level}`)
    .join(', ');
