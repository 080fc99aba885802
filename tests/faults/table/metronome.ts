import { Worker } from 'node:worker_threads';

/** How late this machine wakes whoever has asked to be woken: a phone that is woken late says nothing, and hears nothing. */
export interface Metronome {
  /** The longest lateness, in ms, between two moments (ms since the epoch). */
  latest(from: number, to: number): number;
  stop(): Promise<void>;
}

interface Late {
  readonly from: number;
  readonly to: number;
}

/** Only the last run is asked about. */
const kept = 5000;

export const startMetronome = (): Metronome => {
  const worker = new Worker(new URL('./metronome.mjs', import.meta.url));
  let late: Late[] = [];
  worker.on('message', (one: Late) => {
    late.push(one);
    if (late.length > 2 * kept) late = late.slice(-kept);
  });
  return {
    latest: (from, to) =>
      Math.max(0, ...late.filter((one) => one.to > from && one.from < to).map((one) => one.to - one.from)),
    stop: async () => {
      await worker.terminate();
    },
  };
};
