/** Work whose turn has come. */
export interface Turn<T> {
  readonly outcome: Promise<T>;
  /** Resolves when the next may go; that can be later than the outcome is given up. */
  readonly over: Promise<void>;
}

/**
 * Who may go now. Requests by HTTP overtake each other, and Asterisk hangs when it gets more at once than it has
 * sessions for: so at most so many are under way, and of those with one key only one.
 */
export class Turns {
  readonly #most: number;
  readonly #queues = new Map<string, (() => Promise<void>)[]>();
  readonly #ready: (() => Promise<void>)[] = [];
  #running = 0;

  /** @param most how many at once */
  constructor(most: number) {
    this.#most = most;
  }

  /** Does the work when its turn has come, and gives its outcome. */
  take<T>(order: string | undefined, work: () => Turn<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const run = (): Promise<void> => {
        const { outcome, over } = work();
        outcome.then(resolve, reject);
        return over;
      };
      if (order === undefined) {
        this.#ready.push(run);
      } else {
        const queue = this.#queues.get(order);
        if (queue !== undefined) {
          queue.push(run);
          return;
        }
        this.#queues.set(order, []);
        this.#ready.push(() => run().finally(() => this.#next(order)));
      }
      this.#start();
    });
  }

  #next(order: string): void {
    const run = this.#queues.get(order)?.shift();
    if (run === undefined) this.#queues.delete(order);
    else this.#ready.push(() => run().finally(() => this.#next(order)));
  }

  #start(): void {
    while (this.#running < this.#most) {
      const run = this.#ready.shift();
      if (run === undefined) return;
      this.#running += 1;
      void run().finally(() => {
        this.#running -= 1;
        this.#start();
      });
    }
  }
}
