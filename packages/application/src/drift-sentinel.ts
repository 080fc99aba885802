import { type CallId, callNamedIn, type Drift, type Fact, type Instant } from '@cordboard/core';
import type { Reconciliation } from './reconcile.ts';

/** So many of one comparison are told one by one; after an outage there may be thousands. */
const mostTold = 20;

/** What a comparison found, and what of it there was reason to act upon. */
export interface Compared extends Pick<Reconciliation, 'events' | 'repairs'> {
  readonly strangers: readonly CallId[];
  readonly orphans: readonly string[];
}

/**
 * Tells what had to be put right between call control and Asterisk. What is being taken down while the two are compared is
 * no difference; what is there still at the next comparison is one.
 */
export class DriftSentinel {
  #leavingBefore: ReadonlySet<string> = new Set();

  /** @param isLeaving whether a call has just ended, and Asterisk may not be done with it yet */
  factOf(
    { events, repairs, strangers, orphans }: Compared,
    isLeaving: (call: CallId) => boolean,
    at: Instant,
    afterOutage: boolean,
  ): Extract<Fact, { type: 'DriftHealed' }> | undefined {
    const leaving = orphans.filter((id) => isLeaving(callNamedIn(id)));
    const leftOver = orphans.filter((id) => !leaving.includes(id) || this.#leavingBefore.has(id));
    this.#leavingBefore = new Set(leaving);
    const drifts: readonly Drift[] = [
      ...events.map(({ call, event }) => ({ is: 'event-missed', call, what: event.type }) as const),
      ...repairs.map(({ call, command }) => ({ is: 'request-lost', call, what: command.type }) as const),
      ...strangers.map((call) => ({ is: 'caller-unknown', call, what: 'CallArrived' }) as const),
      ...leftOver.map((id) => ({ is: 'left-over', call: callNamedIn(id), what: id }) as const),
    ];
    return drifts.length === 0
      ? undefined
      : { type: 'DriftHealed', at, afterOutage, count: drifts.length, drifts: drifts.slice(0, mostTold) };
  }
}
