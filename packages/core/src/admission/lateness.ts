import { elapsedMs, type Instant } from '../time.ts';

/** So many in a row whose news come late, over so long: the house cannot keep up, it has not just had a bad moment. */
const mostInARow = 10;
const sustainedMs = 100;
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
  #late: { readonly since: Instant; readonly last: Instant; readonly inARow: number } | undefined;
  #lastShed: Instant | undefined;

  /** @returns whether this call is to be turned away, whose news took so long. */
  isTooLate(lateMs: number, mostLateMs: number, at: Instant): boolean {
    if (this.#isShedding(at)) return this.#isShed(lateMs, mostLateMs, at);
    if (lateMs <= mostLateMs) {
      this.#late = undefined;
      return false;
    }
    const before = this.#late !== undefined && elapsedMs(this.#late.last, at) <= apartMs ? this.#late : undefined;
    const { since, inARow } = { since: before?.since ?? at, inARow: (before?.inARow ?? 0) + 1 };
    this.#late = { since, last: at, inARow };
    if (inARow < mostInARow || elapsedMs(since, at) < sustainedMs) return false;
    this.#late = undefined;
    this.#lastShed = at;
    return true;
  }

  /**
   * Of one who has been found waiting, as after the way to Asterisk was lost: how long that took says nothing of news.
   * @returns whether this call is to be turned away, as others are just now
   */
  isAmongTooMany(waitedMs: number, mostLateMs: number, at: Instant): boolean {
    return this.#isShedding(at) && this.#isShed(waitedMs, mostLateMs, at);
  }

  #isShed(lateMs: number, mostLateMs: number, at: Instant): boolean {
    const isShed = lateMs > calmBelow * mostLateMs;
    if (isShed) this.#lastShed = at;
    return isShed;
  }

  #isShedding(at: Instant): boolean {
    return this.#lastShed !== undefined && elapsedMs(this.#lastShed, at) < calmForMs;
  }
}
