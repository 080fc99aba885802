/** So many of one kind are written in a second; the others are counted. */
const most = 5;
const periodMs = 1000;
/** More kinds than this are not kept in mind when their second is over. */
const mostKinds = 200;

interface Period {
  readonly since: number;
  readonly written: number;
  readonly leftOut: number;
}

/** What becomes of a line. */
export interface Verdict {
  readonly isWritten: boolean;
  /** How many like it were left out in a second that is over, and are to be told of now. */
  readonly before: number;
  /** It is the first of its second that is left out: ask {@link Repeats.leftOut} after so long, in ms. */
  readonly askAfterMs?: number;
}

/** Keeps what goes wrong for everybody at once from being written once for each. */
export class Repeats {
  readonly #periods = new Map<string, Period>();

  /** @param atMs any clock that does not go back */
  take(kind: string, atMs: number): Verdict {
    const now = this.#periods.get(kind);
    if (now === undefined || atMs - now.since >= periodMs) {
      this.#begin(kind, atMs);
      return { isWritten: true, before: now?.leftOut ?? 0 };
    }
    const { since, written, leftOut } = now;
    if (written < most) {
      this.#periods.set(kind, { since, written: written + 1, leftOut });
      return { isWritten: true, before: 0 };
    }
    this.#periods.set(kind, { since, written, leftOut: leftOut + 1 });
    return { isWritten: false, before: 0, ...(leftOut === 0 ? { askAfterMs: since + periodMs - atMs } : {}) };
  }

  /** @returns how many were left out in a second that is over, once. */
  leftOut(kind: string, atMs: number): number {
    const now = this.#periods.get(kind);
    if (now === undefined || atMs - now.since < periodMs) return 0;
    this.#periods.delete(kind);
    return now.leftOut;
  }

  #begin(kind: string, atMs: number): void {
    if (this.#periods.size >= mostKinds)
      for (const [other, { since, leftOut }] of this.#periods)
        if (leftOut === 0 && atMs - since >= periodMs) this.#periods.delete(other);
    this.#periods.set(kind, { since: atMs, written: 1, leftOut: 0 });
  }
}
