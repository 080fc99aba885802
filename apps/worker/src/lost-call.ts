import { type CallFact, type CallView, elapsedMs, type Instant, viewAfter } from '@cordboard/core';

/**
 * The end of a call that call control has lost, as far as it can be told: it has been over since some moment before.
 *
 * @param facts of the call, in order. @returns undefined when its beginning is not among them.
 */
export const lostAt = (facts: readonly CallFact[], at: Instant): CallFact | undefined => {
  const view = facts.reduce<CallView | undefined>(viewAfter, undefined);
  if (view === undefined) return undefined;
  return {
    call: view.id,
    n: (facts.at(-1)?.n ?? 0) + 1,
    at,
    type: 'CallEnded',
    disposition: 'lost',
    endedBy: 'system',
    talkedMs: view.answeredAt === null ? 0 : elapsedMs(view.answeredAt, at),
    view,
  };
};
