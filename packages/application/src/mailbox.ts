/**
 * Does the work of each key one piece at a time, in the order posted; different keys go on side by side.
 * A piece of work handles its own failures: one that throws is a defect, and surfaces as an unhandled rejection.
 */
export class Mailboxes<Key> {
  readonly #last = new Map<Key, Promise<void>>();

  post(key: Key, work: () => Promise<void>): void {
    const before = this.#last.get(key);
    this.#remember(key, before === undefined ? work() : before.then(work));
  }

  /** Something is under way for the key beside its other work: what is posted from now on waits for both. */
  waitFor(key: Key, underWay: Promise<void>): void {
    const before = this.#last.get(key);
    this.#remember(key, before === undefined ? underWay : Promise.all([before, underWay]).then(() => undefined));
  }

  /** Whether anything is under way for the key, or waits for its turn. */
  isBusy(key: Key): boolean {
    return this.#last.has(key);
  }

  /** Resolves when all that was posted until now is done. */
  async idle(): Promise<void> {
    await Promise.all(this.#last.values());
  }

  #remember(key: Key, last: Promise<void>): void {
    this.#last.set(key, last);
    void last.finally(() => {
      if (this.#last.get(key) === last) this.#last.delete(key);
    });
  }
}
