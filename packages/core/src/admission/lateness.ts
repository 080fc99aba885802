import { elapsedMs, type Instant } from '../time.ts';

/** News that come late for so long: the house cannot keep up, it has not just had a bad moment. */
const sustainedMs = 300;
/** Of news further apart than this nobody knows what was in between. */
const apartMs = 1000;
/** While callers are turned away, one is let in again whose news are no later than this part of the limit … */
const calmBelow = 0.5;
/** … and all are when none has been turned away for so long. */
const calmForMs = 5000;

/**
 * Whether the news of new calls come too late: everything else that happens waits behind the same news, so that whoever is let
 * in beyond what can be borne is let in at the cost of those who talk. As CoDel drops packets (RFC 8289): not by how many
 * there are, which differs between machines, but by how long they have waited, and only when that lasts.
 *
 *     prompt ◄──► late ── for a while ──► shedding ── none turned away for a while ──► prompt
 */
export class Lateness {
  #late: { readonly since: Instant; readonly last: Instant } | undefined;
  #lastShed: Instant | undefined;

  /** @returns whether this call is to be turned away, whose news took so long. */
  isTooLate(lateMs: number, mostLateMs: number, at: Instant): boolean {
    if (this.#isShedding(at)) {
      const isShed = lateMs > calmBelow * mostLateMs;
      if (isShed) this.#lastShed = at;
      return isShed;
    }
    if (lateMs <= mostLateMs) {
      this.#late = undefined;
      return false;
    }
    const goesOn = this.#late !== undefined && elapsedMs(this.#late.last, at) <= apartMs;
    this.#late = { since: goesOn && this.#late !== undefined ? this.#late.since : at, last: at };
    if (elapsedMs(this.#late.since, at) < sustainedMs) return false;
    this.#late = undefined;
    this.#lastShed = at;
    return true;
  }

  #isShedding(at: Instant): boolean {
    return this.#lastShed !== undefined && elapsedMs(this.#lastShed, at) < calmForMs;
  }
}
