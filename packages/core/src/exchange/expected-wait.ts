import type { QueueId } from '../ids.ts';

/** How long a caller will wait, from how long the last calls of the queue kept an agent. */
export class ExpectedWait {
  readonly #handlingMs = new Map<QueueId, number>();

  /** A call kept an agent for so long, after-call work included. Older calls count for less (3 to 1, as in app_queue.c). */
  handled(queue: QueueId, tookMs: number): void {
    const old = this.#handlingMs.get(queue);
    this.#handlingMs.set(queue, old === undefined ? tookMs : (3 * old + tookMs) / 4);
  }

  /** @returns undefined while nothing is known of the queue, or nobody works in it. */
  at(queue: QueueId, position: number, working: number): number | undefined {
    const handlingMs = this.#handlingMs.get(queue);
    return handlingMs === undefined || working === 0 ? undefined : (position * handlingMs) / working;
  }
}
