/** Does something at once when asked, but never more often than every so many milliseconds; nothing asked is forgotten. */
export class Pace {
  readonly #gapMs: number;
  readonly #act: () => void;
  #last = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(gapMs: number, act: () => void) {
    this.#gapMs = gapMs;
    this.#act = act;
  }

  ask(): void {
    if (this.#timer !== undefined) return;
    const leftMs = this.#last + this.#gapMs - performance.now();
    if (leftMs <= 0) this.#go();
    else this.#timer = setTimeout(() => this.#go(), leftMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #go(): void {
    this.#timer = undefined;
    this.#last = performance.now();
    this.#act();
  }
}
