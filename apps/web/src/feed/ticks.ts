import { createContext, useContext, useSyncExternalStore } from 'react';

/** The server's time, told to all timers of a page at once, each second. */
export class Ticks {
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #at: number;

  /** @param now the server's time, ms. */
  constructor(now: () => number) {
    this.#now = now;
    this.#at = now();
  }

  readonly get = (): number => this.#at;

  readonly watch = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#wait();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) clearTimeout(this.#timer);
    };
  };

  #wait(): void {
    const untilNextMs = 1000 - (this.#now() % 1000);
    this.#timer = setTimeout(() => {
      this.#at = this.#now();
      for (const listener of [...this.#listeners]) listener();
      this.#wait();
    }, untilNextMs + 1);
  }
}

export const TicksContext = createContext(new Ticks(Date.now));

/** The server's time, ms; the component is drawn again each second. */
export const useNow = (): number => {
  const ticks = useContext(TicksContext);
  return useSyncExternalStore(ticks.watch, ticks.get);
};
