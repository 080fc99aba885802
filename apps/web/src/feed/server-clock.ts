/** How many of the last moments are compared. */
const remembered = 10;

/**
 * The server's time, as far as a page can know it. What the server says is late by its way here, and never early: of
 * the last moments told, the one with the shortest way is believed.
 */
export class ServerClock {
  readonly #offsets: number[] = [];

  /** @param at the server's time as told. @param here this machine's time as it was heard. Both ms since 1970. */
  hear(at: number, here: number): void {
    this.#offsets.push(at - here);
    if (this.#offsets.length > remembered) this.#offsets.shift();
  }

  /** What to add to this machine's time, ms. */
  get offsetMs(): number {
    return this.#offsets.length === 0 ? 0 : Math.max(...this.#offsets);
  }

  now(here: number = Date.now()): number {
    return here + this.offsetMs;
  }
}
