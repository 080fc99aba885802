import { setTimeout as delay } from 'node:timers/promises';
import type { Report } from './report.ts';
import type { Exit } from './servers/server.ts';

/** What can be kept alive: it ends at some time, and can be made to. */
export interface Supervisable {
  readonly exited: Promise<Exit>;
  stop(): Promise<void>;
}

/** Something that is started again whenever it ends by itself. */
export interface Supervised<Child extends Supervisable> {
  /** The child of now; the last one, while the next is on its way. */
  current(): Child;
  /** Ends it on purpose and starts it again; resolves when it serves. */
  restart(): Promise<void>;
  /** Ends it for good. */
  stop(): Promise<void>;
}

/** How patiently to restart, and who is told. */
export interface SuperviseOptions {
  readonly report: Report;
  readonly backOff?: BackOff;
}

/** Each delay doubles the one before, up to a limit; a child that lived long enough begins anew. */
export interface BackOff {
  readonly firstMs: number;
  readonly mostMs: number;
  readonly forgivenAfterMs: number;
}

const patient: BackOff = { firstMs: 100, mostMs: 10_000, forgivenAfterMs: 30_000 };

/** How long to wait before the nth restart in a row, beginning with 0. */
export const restartDelayMs = (inARow: number, { firstMs, mostMs }: BackOff): number =>
  Math.min(firstMs * 2 ** Math.min(inARow, 30), mostMs);

/**
 * Starts a child and keeps it alive: when it ends by itself it is started again, after a delay that grows while it keeps
 * failing, and with one line of report each time.
 * @throws whatever the first start throws; later failures are reported and tried again.
 */
export const supervise = async <Child extends Supervisable>(
  name: string,
  start: () => Promise<Child>,
  { report, backOff = patient }: SuperviseOptions,
): Promise<Supervised<Child>> => {
  let current = await start();
  let stopping = new AbortController();
  let watching = watch(stopping.signal);

  async function watch(stopped: AbortSignal): Promise<void> {
    let inARow = 0;
    let since = Date.now();
    let ending = describe(await current.exited);
    while (!stopped.aborted) {
      inARow = Date.now() - since > backOff.forgivenAfterMs ? 0 : inARow;
      const waitMs = restartDelayMs(inARow, backOff);
      report(`${name} ${ending}; starting it again in ${waitMs / 1000} s`);
      inARow += 1;
      await delay(waitMs, undefined, { signal: stopped }).catch(onlyAbort);
      if (stopped.aborted) return;
      try {
        since = Date.now();
        current = await start();
        if (stopped.aborted) return;
        report(`${name} is up again`);
        ending = describe(await current.exited);
      } catch (error) {
        ending = `could not be started (${error instanceof Error ? error.message : String(error)})`;
      }
    }
  }

  const stop = async (): Promise<void> => {
    stopping.abort();
    await current.stop();
    await watching;
    // A restart may have been under way.
    await current.stop();
  };

  return {
    current: () => current,
    stop,
    async restart() {
      await stop();
      current = await start();
      stopping = new AbortController();
      watching = watch(stopping.signal);
    },
  };
};

const describe = ({ code, signal }: Exit): string =>
  signal === null ? `ended (code ${code ?? 'unknown'})` : `was killed (${signal})`;

const onlyAbort = (error: unknown): void => {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
};
