import { setTimeout as pause } from 'node:timers/promises';
import type { House } from './house.ts';

/** The processes tell their figures every 5 s. */
export const figuresMs = 6000;

/** Asked every few seconds, whether anybody calls or not. */
const regular = /operation="(channels\.list|bridges\.list|endpoints\.list|applications\.get|asterisk\.\w+)"/;

/** What the processes count and measure themselves, read once. */
export class Figures {
  readonly #lines: readonly string[];

  private constructor(text: string) {
    this.#lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  }

  /** https://prometheus.io/docs/instrumenting/exposition_formats/ */
  static async read({ url }: House): Promise<Figures> {
    return new Figures(await (await fetch(`${url}/metrics`)).text());
  }

  /** Read once all that has happened so far has been told. */
  static async settled(house: House): Promise<Figures> {
    await pause(figuresMs);
    return Figures.read(house);
  }

  get ariEvents(): number {
    return this.#sum('cordboard_ari_events_total{');
  }

  /** Of calls: what is asked regularly is not counted. */
  get ariRequests(): number {
    return this.#sum('cordboard_ari_request_seconds_count{');
  }

  /** The longest that an event loop was held up in the last 5 s, ms. */
  lagMs(process: 'stasis' | 'api' | 'worker'): number {
    return this.#sum('cordboard_event_loop_lag_seconds{', process) * 1000;
  }

  /** What JavaScript holds, kB. */
  heapKb(process: 'stasis' | 'api' | 'worker'): number {
    return this.#sum('nodejs_heap_size_used_bytes{', process) / 1024;
  }

  #sum(name: string, process?: string): number {
    return this.#lines
      .filter(
        (line) =>
          line.startsWith(name) &&
          !regular.test(line) &&
          (process === undefined || line.includes(`process="${process}"`)),
      )
      .reduce((all, line) => all + Number(line.slice(line.lastIndexOf(' '))), 0);
  }
}
