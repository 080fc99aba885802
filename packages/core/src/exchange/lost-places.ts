import type { KeptPlace } from '../call/moves.ts';
import type { CallState } from '../call/state.ts';
import type { QueueId } from '../ids.ts';
import type { Instant } from '../time.ts';

/** For so long a place is kept for whoever was cut off. */
const keptForMs = 600_000;

interface LostPlace {
  readonly place: Omit<KeptPlace, 'because' | 'ticket'>;
  readonly lostAt: Instant;
}

/**
 * The places in line of those whose calls were lost with Asterisk: whoever rings again soon, by the same number and for the
 * same queue, stands where they stood. Who hung up has no place any more.
 */
export class LostPlaces {
  readonly #places = new Map<string, readonly LostPlace[]>();

  /** A call has ended by being lost. */
  keep(call: CallState, at: Instant): void {
    if ((call.phase !== 'queued' && call.phase !== 'offered') || call.ani === '') return;
    this.#forgetOld(at);
    const { queuedAt, virtualArrival, priority } = call;
    const name = nameOf(call.queue, call.ani);
    const others = this.#places.get(name) ?? [];
    this.#places.set(name, [...others, { place: { queuedAt, virtualArrival, priority }, lostAt: at }]);
  }

  placeOf(queue: QueueId, number: string, at: Instant): KeptPlace | undefined {
    const lost = this.#places.get(nameOf(queue, number))?.find(({ lostAt }) => at - lostAt < keptForMs);
    if (lost === undefined) return undefined;
    const agoS = Math.round((at - lost.lostAt) / 1000);
    return { ...lost.place, because: `the call was lost ${agoS} s ago: in the place that it had` };
  }

  /** Somebody stands there again. */
  taken(queue: QueueId, number: string): void {
    const name = nameOf(queue, number);
    const [, ...others] = this.#places.get(name) ?? [];
    if (others.length > 0) this.#places.set(name, others);
    else this.#places.delete(name);
  }

  #forgetOld(at: Instant): void {
    for (const [name, places] of this.#places) {
      const recent = places.filter(({ lostAt }) => at - lostAt < keptForMs);
      if (recent.length > 0) this.#places.set(name, recent);
      else this.#places.delete(name);
    }
  }
}

const nameOf = (queue: QueueId, number: string): string => `${queue} ${number}`;
