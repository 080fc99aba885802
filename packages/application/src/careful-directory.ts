import { Breaker } from './breaker.ts';
import { identify } from './identify.ts';
import type { Clock } from './ports/clock.ts';
import type { ControlObserver, LookUpLeftOutBecause } from './ports/observer.ts';
import type { CustomerDirectory, Identified } from './ports/stores.ts';

/** What ten connections answer in a moment. Who would stand behind so many gets their answer too late to be of use. */
const mostUnderWay = 32;

/** The directory was not asked: the call goes on without, and it has been counted. */
export class LookUpLeftOut extends Error {
  override readonly name = 'LookUpLeftOut';
}

/**
 * The customer directory, asked no more than it can bear: not while it does not answer, nor by too many at once. Each look-up
 * that is left out would have cost this process as much as a decision, at a time when it has none to spare.
 */
export class CarefulDirectory implements CustomerDirectory {
  readonly #directory: CustomerDirectory;
  readonly #clock: Clock;
  readonly #observer: ControlObserver;
  readonly #breaker = new Breaker();
  #underWay = 0;

  constructor(directory: CustomerDirectory, clock: Clock, observer: ControlObserver) {
    this.#directory = directory;
    this.#clock = clock;
    this.#observer = observer;
  }

  /** @throws LookUpLeftOut, LookUpTimedOut, or whatever the directory throws. */
  async identify(number: string): Promise<Identified> {
    if (this.#underWay >= mostUnderWay) throw this.#leftOut('too-many');
    if (!this.#breaker.mayAsk(this.#clock.now())) throw this.#leftOut('directory-away');
    this.#underWay += 1;
    try {
      const identified = await identify(this.#directory, number);
      const leftOut = this.#breaker.answered();
      if (leftOut !== undefined) this.#observer.directoryBack?.(leftOut);
      return identified;
    } catch (error) {
      if (this.#breaker.failed(this.#clock.now())) this.#observer.directoryAway?.(error);
      throw error;
    } finally {
      this.#underWay -= 1;
    }
  }

  #leftOut(because: LookUpLeftOutBecause): LookUpLeftOut {
    this.#observer.identifyLeftOut?.(because);
    return new LookUpLeftOut(because);
  }
}
