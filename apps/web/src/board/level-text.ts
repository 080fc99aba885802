import type { QueueSnapshot } from '@cordboard/core';
import { clockDuration } from '../format/duration.ts';
import type { Words } from '../i18n/language.ts';
import { actAtTimes, type QueueLevel } from './queue-level.ts';

/** Why a queue stands out, in words; '' when it does not. */
export const levelText = (words: Words, { because, level }: QueueLevel, { target }: QueueSnapshot): string => {
  switch (because) {
    case undefined:
      return '';
    case 'nobody':
      return words.queue.becauseNobody;
    case 'wait':
      return words.queue.becauseWait(clockDuration(target.answerWithinMs * (level === 'act' ? actAtTimes : 1)));
    case 'service-level':
      return words.queue.becauseServiceLevel;
  }
};
