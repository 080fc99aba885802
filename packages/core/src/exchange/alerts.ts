import type { CallState } from '../call/state.ts';
import type { Alert, CallHappening } from '../fact/fact.ts';
import type { QueueId } from '../ids.ts';
import type { Queue } from '../policy/queue.ts';

/** What of a call's happenings a supervisor should know at once. */
export const alertsOf = (
  call: CallState,
  happenings: readonly CallHappening[],
  rulesOf: (queue: QueueId) => Queue | undefined,
): readonly Alert[] =>
  happenings.flatMap((happening): readonly Alert[] => {
    switch (happening.type) {
      case 'CallQueued':
        return segmentAlert(call, happening.queue, rulesOf);
      case 'CallerIdentified':
        // Known only after the caller has come into line.
        return call.phase === 'queued' ? segmentAlert(call, call.queue, rulesOf) : [];
      case 'QueueRefused':
        return [{ is: 'overflow-taken', queue: happening.queue, call: call.id, exit: happening.exit }];
      case 'QueueLeft':
        return happening.outcome === 'overflowed' && happening.exit !== undefined && isOverflow(happening.exit)
          ? [{ is: 'overflow-taken', queue: happening.queue, call: call.id, exit: happening.exit }]
          : [];
      default:
        return [];
    }
  });

/** What the caller or a supervisor did by choice is no overflow. */
const isOverflow = (exit: string): boolean => exit !== 'key' && exit !== 'moved';

const segmentAlert = (
  call: CallState,
  queue: QueueId,
  rulesOf: (queue: QueueId) => Queue | undefined,
): readonly Alert[] => {
  const segment = call.customer?.segment;
  return segment !== undefined && rulesOf(queue)?.alertSegments.includes(segment)
    ? [{ is: 'segment-queued', queue, call: call.id, segment }]
    : [];
};
