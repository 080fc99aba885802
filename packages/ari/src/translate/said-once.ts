/** How many are remembered; more legs than that do not end within the moments between StasisEnd and ChannelDestroyed. */
const capacity = 10_000;

/** Which ids have been said already; forgets the oldest. */
export class SaidOnce<Id> {
  readonly #said = new Set<Id>();

  /** @returns whether this is the first time */
  first(id: Id): boolean {
    if (this.#said.has(id)) return false;
    this.#said.add(id);
    if (this.#said.size > capacity) {
      const [oldest] = this.#said;
      if (oldest !== undefined) this.#said.delete(oldest);
    }
    return true;
  }
}
