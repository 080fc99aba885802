import type { QueueSnapshot } from '@cordboard/core';

/** `look`: soon somebody must act; `act`: now. */
export type Level = 'fine' | 'look' | 'act';
/** What the level is for: the first that holds, the gravest first. */
export type LevelReason = 'nobody' | 'wait' | 'service-level';

export interface QueueLevel {
  readonly level: Level;
  readonly because: LevelReason | undefined;
}

/** A wait beyond the queue's own target wants a look; so many times beyond, it wants action. */
export const actAtTimes = 3;
/** A service level below its goal wants a look; below this share of the goal, action. */
const actBelowShare = 0.75;

/** How a wait stands to the queue's target. */
export const waitLevel = (waitedMs: number, { answerWithinMs }: QueueSnapshot['target']): Level => {
  if (waitedMs > answerWithinMs * actAtTimes) return 'act';
  return waitedMs > answerWithinMs ? 'look' : 'fine';
};

/** How the day's service level stands to the queue's goal; one that cannot be computed raises nothing. */
export const serviceLevelLevel = ({ today, target }: Pick<QueueSnapshot, 'today' | 'target'>): Level => {
  if (today.serviceLevel === null || today.serviceLevel >= target.goal) return 'fine';
  return today.serviceLevel < target.goal * actBelowShare ? 'act' : 'look';
};

/** What a queue asks of whoever watches it. @param now the server's time, ms. */
export const queueLevel = (queue: QueueSnapshot, now: number): QueueLevel => {
  const { ready, offered, talking, wrapUp } = queue.members;
  if (queue.waiting > 0 && ready + offered + talking + wrapUp === 0) return { level: 'act', because: 'nobody' };
  const wait = queue.longest === null ? 'fine' : waitLevel(now - queue.longest.since, queue.target);
  const service = serviceLevelLevel(queue);
  const level = graver(wait, service);
  return { level, because: level === 'fine' ? undefined : wait === level ? 'wait' : 'service-level' };
};

const gravity = { fine: 0, look: 1, act: 2 } as const;
const graver = (a: Level, b: Level): Level => (gravity[a] >= gravity[b] ? a : b);
