import type { CallView } from '../call/view.ts';
import type { QueueId } from '../ids.ts';

/** Whether somebody is in this line: a wait goes on while phones ring. */
export const waitsIn = ({ queue: line, place }: CallView, queue: QueueId): boolean =>
  line === queue && (place === 'waiting' || place === 'ringing');
