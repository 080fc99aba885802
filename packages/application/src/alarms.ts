import type { Instant } from '@cordboard/core';
import type { Clock } from './ports/clock.ts';

/** One alarm per key, set to what the key's state says; setting it anew replaces it. */
export class Alarms<Key> {
  readonly #clock: Clock;
  readonly #set = new Map<Key, { readonly at: Instant; readonly callOff: () => void }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  set(key: Key, at: Instant | undefined, ring: (key: Key) => void): void {
    const old = this.#set.get(key);
    if (old?.at === at) return;
    old?.callOff();
    this.#set.delete(key);
    if (at === undefined) return;
    const callOff = this.#clock.alarm(at, () => {
      this.#set.delete(key);
      ring(key);
    });
    this.#set.set(key, { at, callOff });
  }

  clear(): void {
    for (const { callOff } of this.#set.values()) callOff();
    this.#set.clear();
  }
}
