/**
 * Does the work of each key one piece at a time, in the order posted; different keys go on side by side.
 * A piece of work handles its own failures: one that throws is a defect, and surfaces as an unhandled rejection.
 */
export class Mailboxes<Key> {
  readonly #last = new Map<Key, Promise<void>>();

  post(key: Key, work: () => Promise<void>): void {
    const before = this.#last.get(key);
    const mine = before === undefined ? work() : before.then(work);
    this.#last.set(key, mine);
    void mine.finally(() => {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    });
  }

  /** Resolves when all that was posted until now is done. */
  async idle(): Promise<void> {
    await Promise.all(this.#last.values());
  }
}
