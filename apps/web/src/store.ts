import { useSyncExternalStore } from 'react';

/** A value that lives outside React, and tells those who watch it when it is another one. */
export class Store<Value> {
  #value: Value;
  readonly #listeners = new Set<() => void>();

  constructor(value: Value) {
    this.#value = value;
  }

  readonly get = (): Value => this.#value;

  readonly set = (value: Value): void => {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener();
  };

  readonly watch = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** The value now; the component is drawn again when it is another one. */
export const useStore = <Value>(store: Pick<Store<Value>, 'get' | 'watch'>): Value =>
  useSyncExternalStore(store.watch, store.get);
