import { elapsedMs, type Instant } from '@cordboard/core';

/** So many failures in a row, and nobody asks any more … */
const mostFailures = 3;
/** … until one tries again, so long after. */
const pauseMs = 5000;

/**
 * Whether it is worth while to ask somebody who has not answered lately.
 *
 *     closed ── failures in a row ──► open ── one tries again, and is answered ──► closed
 *                                      ▲ └── one tries again in vain ──┐
 *                                      └───────────────────────────────┘
 */
export class Breaker {
  #failures = 0;
  #open: { readonly since: Instant; readonly isTrying: boolean; readonly leftOut: number } | undefined;

  /** Whether to ask now; whoever may says how it went. Who may not is counted as left out. */
  mayAsk(at: Instant): boolean {
    const open = this.#open;
    if (open === undefined) return true;
    const mayTry = !open.isTrying && elapsedMs(open.since, at) >= pauseMs;
    this.#open = mayTry ? { ...open, isTrying: true } : { ...open, leftOut: open.leftOut + 1 };
    return mayTry;
  }

  /** @returns how many were left out, when it closes by this. */
  answered(): number | undefined {
    const open = this.#open;
    this.#failures = 0;
    this.#open = undefined;
    return open?.leftOut;
  }

  /** @returns whether it opens by this. Who was asked before it opened, and fails late, changes nothing. */
  failed(at: Instant): boolean {
    if (this.#open !== undefined) {
      if (this.#open.isTrying) this.#open = { ...this.#open, since: at, isTrying: false };
      return false;
    }
    this.#failures += 1;
    if (this.#failures < mostFailures) return false;
    this.#open = { since: at, isTrying: false, leftOut: 0 };
    return true;
  }
}
