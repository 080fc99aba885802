import type { QueueId } from '../ids.ts';
import type { QueueToday } from '../metrics/board.ts';
import { countQueueLeft, countQueueNews, type DayCount, emptyDay, today } from '../metrics/day-count.ts';
import { localTime } from '../policy/hours.ts';
import type { Policy } from '../policy/policy.ts';
import type { Instant } from '../time.ts';
import type { Decisions } from './compare.ts';

/** A queue's figures of the whole record, by the same definitions as the board's. */
export interface QueueFigures {
  readonly queue: QueueId;
  readonly name: string;
  readonly answerWithinMs: number;
  readonly figures: QueueToday;
}

/** @param policy says within which time an answer counts, and which abandons are too short to count */
export const figuresOf = (decisions: Decisions, policy: Policy, from: Instant): readonly QueueFigures[] => {
  const { date } = localTime(policy.timeZone, from);
  const days = new Map<QueueId, DayCount>();
  for (const each of decisions.values())
    for (const decided of each) {
      if (decided.is !== 'left' && decided.is !== 'refused' && decided.is !== 'promised') continue;
      const { queue } = decided;
      const rules = policy.queues[queue];
      const before = days.get(queue);
      if (decided.is === 'left')
        days.set(
          queue,
          countQueueLeft(
            before,
            decided,
            { answerWithinMs: rules?.target.answerWithinMs ?? 0, shortAbandonMs: rules?.shortAbandonMs ?? 0 },
            date,
          ),
        );
      else
        days.set(
          queue,
          countQueueNews(before, { type: decided.is === 'refused' ? 'QueueRefused' : 'CallbackRequested' }, date),
        );
    }
  const queues = new Set([...(Object.keys(policy.queues) as QueueId[]), ...days.keys()]);
  return [...queues].map((queue) => ({
    queue,
    name: policy.queues[queue]?.name ?? queue,
    answerWithinMs: policy.queues[queue]?.target.answerWithinMs ?? 0,
    figures: today(days.get(queue) ?? emptyDay(date)),
  }));
};
