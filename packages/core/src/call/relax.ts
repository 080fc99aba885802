import type { SkillId } from '../ids.ts';
import type { Levels } from '../policy/queue.ts';

/** What is asked after a step: never more than before, and what the step does not name no more. */
export const relaxed = (requires: Levels, step: Levels): Levels =>
  Object.fromEntries(
    Object.entries(requires).flatMap(([skill, level]) => {
      const less = step[skill as SkillId];
      return less === undefined ? [] : [[skill, Math.min(level, less)]];
    }),
  ) as Levels;
