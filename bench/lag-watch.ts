import { Figures } from './figures.ts';
import type { House } from './house.ts';

/** Half of how often the figures are told: none is missed. */
const everyMs = 2500;

/** Notes for how long call control's event loop has been held up, each time that it says so. */
export class LagWatch {
  readonly #house: House;
  readonly #lags: number[] = [];
  readonly #timer: NodeJS.Timeout;
  #reading: Promise<void> = Promise.resolve();

  constructor(house: House) {
    this.#house = house;
    this.#timer = setInterval(() => {
      this.#reading = this.#read();
    }, everyMs);
  }

  /** @returns the longest, ms; 0 when it was never asked */
  async stop(): Promise<number> {
    clearInterval(this.#timer);
    await this.#reading;
    await this.#read();
    return Math.max(0, ...this.#lags);
  }

  async #read(): Promise<void> {
    this.#lags.push((await Figures.read(this.#house)).lagMs('stasis'));
  }
}
