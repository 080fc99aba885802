/** How one part of the way of a call did. */
export interface Hop {
  readonly what: string;
  readonly tookMs: number;
  /** Why it failed, and what to do; undefined when it did not. */
  readonly failed: string | undefined;
}

/** One line for a person. */
export const hopLine = ({ what, tookMs, failed }: Hop): string =>
  `  ${failed === undefined ? '✓' : '✗'} ${what.padEnd(52)} ${`${Math.round(tookMs)} ms`.padStart(9)}${
    failed === undefined ? '' : `\n      ${failed}`
  }`;

/** A hop failed; those after it cannot be tried. */
export class HopFailed extends Error {
  override readonly name = 'HopFailed';
}

/** Walks the hops of a call one after another, and times each. */
export class Walk {
  readonly #report: (hop: Hop) => void;
  readonly hops: Hop[] = [];

  /** @param report told of each hop when it has been tried */
  constructor(report: (hop: Hop) => void) {
    this.#report = report;
  }

  get isGreen(): boolean {
    return this.hops.every(({ failed }) => failed === undefined);
  }

  /**
   * @param advice what to do when it fails
   * @throws HopFailed
   */
  async hop<T>(what: string, advice: string, go: () => Promise<T>): Promise<T> {
    const since = performance.now();
    const done = (failed?: string): void => {
      const hop = { what, tookMs: performance.now() - since, failed };
      this.hops.push(hop);
      this.#report(hop);
    };
    try {
      const value = await go();
      done();
      return value;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      done(`${error.message}: ${advice}`);
      throw new HopFailed(what, { cause: error });
    }
  }
}
