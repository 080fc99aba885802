import { within } from './within.ts';

/** Something that happened at a moment (ms since the epoch). */
export interface Happening {
  readonly type: string;
  readonly at: number;
}

/**
 * What has happened so far, and what will. Because the past is kept, whoever asks late misses nothing, so a test need
 * not listen before it acts.
 */
export interface History<E extends Happening> extends AsyncIterable<E> {
  /** Everything that has happened and is not forgotten, in order. */
  readonly all: readonly E[];
  /** Calls back on each coming event; returns how to stop. */
  on(listener: (event: E) => void): () => void;
  /**
   * The first event, past or coming, that fits.
   * @throws NotInTime
   */
  first<S extends E>(fits: (event: E) => event is S, options: Wish): Promise<S>;
  first(fits: (event: E) => boolean, options: Wish): Promise<E>;
}

/** What to look for, and for how long. */
export interface Wish {
  /** How long to wait, in ms. */
  readonly withinMs: number;
  /** Leave out what happened before this moment (ms since the epoch). */
  readonly since?: number;
  /** What to say when it does not happen, such as "the phone did not ring". */
  readonly what?: string;
}

/** A history that its owner writes. */
export interface WritableHistory<E extends Happening> extends History<E> {
  add(event: E): void;
  /** Nothing more will happen: ends the iterators. */
  end(): void;
}

/**
 * An empty history.
 * @param most how much of the past is kept at least; all of it when not given
 */
export const startHistory = <E extends Happening>(most = Number.POSITIVE_INFINITY): WritableHistory<E> => {
  const all: E[] = [];
  let forgotten = 0;
  const listeners = new Set<(event: E) => void>();
  const enders = new Set<() => void>();
  let ended = false;

  const history: WritableHistory<E> = {
    all,
    add(event) {
      all.push(event);
      if (all.length >= 2 * most) forgotten += all.splice(0, all.length - most).length;
      for (const listener of [...listeners]) listener(event);
    },
    end() {
      ended = true;
      for (const end of [...enders]) end();
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    first(fits: (event: E) => boolean, { withinMs, since = 0, what = 'it did not happen' }: Wish) {
      const wanted = (event: E) => event.at >= since && fits(event);
      const past = all.find(wanted);
      if (past !== undefined) return Promise.resolve(past);
      let stop: () => void = () => undefined;
      const coming = new Promise<E>((resolve) => {
        stop = history.on((event) => {
          if (wanted(event)) resolve(event);
        });
      });
      return within(
        coming,
        withinMs,
        () => `${what} (it saw: ${all.map((e) => e.type).join(', ') || 'nothing'})`,
      ).finally(stop);
    },
    async *[Symbol.asyncIterator]() {
      for (let next = 0; ; next++) {
        while (next >= forgotten + all.length) {
          if (ended) return;
          await new Promise<void>((resolve) => {
            const off = history.on(wake);
            enders.add(wake);
            function wake() {
              off();
              enders.delete(wake);
              resolve();
            }
          });
        }
        const event = all[next - forgotten];
        if (event !== undefined) yield event;
      }
    },
  };
  return history;
};
