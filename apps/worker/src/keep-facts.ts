import { setTimeout as pause } from 'node:timers/promises';
import type { KeptFact, KeptFacts } from '@cordboard/database';
import type { followFacts } from '@cordboard/redis';

/** So many are kept in one row. */
const batchSize = 2000;
/** What is told is kept no later than this, however little it is. */
const latestMs = 5000;
const retryMs = 1000;
const readEveryMs = 1000;

export interface KeepFactsParts {
  readonly follow: OmitFirst<typeof followFacts>;
  readonly kept: Pick<KeptFacts, 'keep' | 'lastOffset'>;
  readonly signal: AbortSignal;
  /** It is tried again. */
  readonly onFailure: (error: unknown) => void;
}

type OmitFirst<F> = F extends (first: never, ...rest: infer Rest) => infer Result ? (...rest: Rest) => Result : never;

/**
 * Follows the facts and keeps them, in order and each once, for longer than Redis does. Where it has come to is told by what
 * is kept itself: what was under way when this process was killed is read again.
 */
export const keepFacts = async (parts: KeepFactsParts): Promise<void> => {
  try {
    await keepAll(parts);
  } catch (error) {
    if (!parts.signal.aborted) throw error;
  }
};

const keepAll = async ({ follow, kept, signal, onFailure }: KeepFactsParts): Promise<void> => {
  const insist = async <T>(ask: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (signal.aborted) throw error;
        onFailure(error);
        await pause(retryMs, undefined, { signal });
      }
    }
  };

  let waiting: KeptFact[] = [];
  let keeping: Promise<void> = Promise.resolve();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keepWaiting = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const facts = waiting;
    waiting = [];
    keeping = keeping.then(() => insist(() => kept.keep(facts)));
    return keeping;
  };
  // Told by `follow`, which awaits the same promise.
  const untilAborted = (error: unknown): void => {
    if (!signal.aborted) onFailure(error);
  };

  const from = (await insist(() => kept.lastOffset())) ?? 'start';
  try {
    await follow({
      from,
      everyMs: readEveryMs,
      signal,
      onFacts: async (facts) => {
        for (const fact of facts) waiting.push(fact);
        timer ??= setTimeout(() => void keepWaiting().catch(untilAborted), latestMs);
        // Who cannot keep up reads no further: Redis has room for more than this process.
        if (waiting.length >= batchSize) await keepWaiting();
      },
    });
  } finally {
    clearTimeout(timer);
  }
};
