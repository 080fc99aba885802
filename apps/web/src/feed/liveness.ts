/** After so much silence a page is not live: the server speaks each second. */
const silenceMs = 2000;

/** Whether the server is being heard, by this machine's steady clock. */
export class Liveness {
  #heardAt: number | undefined;
  #at = 0;

  /** @param at the server's time. @param here ms of a clock that never jumps. */
  heard(at: number, here: number): void {
    this.#at = at;
    this.#heardAt = here;
  }

  isLive(here: number): boolean {
    return this.#heardAt !== undefined && here - this.#heardAt < silenceMs;
  }

  /** The server's time when it was last heard; undefined when it never was. */
  get lastAt(): number | undefined {
    return this.#heardAt === undefined ? undefined : this.#at;
  }
}
