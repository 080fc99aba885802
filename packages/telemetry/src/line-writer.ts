import { write, writeSync } from 'node:fs';

/** How lines are handed over. */
export interface LineWriterOptions {
  /** What is not taken meanwhile is kept up to here, characters; beyond it lines are left out, and counted. */
  readonly mostWaiting?: number;
  /** Lines of so many ms leave in one write. */
  readonly togetherMs?: number;
  /** When the process ends, for so long it is tried to write what is left, ms. */
  readonly atEndMs?: number;
}

/** Takes lines and never makes anybody wait for whoever reads them. */
export interface LineWriter {
  /** @param line with its line break */
  write(line: string): void;
  /** Writes what is left, for a bounded time: for the end of a process. */
  end(): void;
}

/** Nobody reads any more: what is written now is written for nobody. */
const gone: ReadonlySet<string | undefined> = new Set(['EPIPE', 'EBADF', 'ECONNRESET']);
/** Who reads is slow, or the disk is full. */
const againAfterMs = 50;

/**
 * Writes lines to a file descriptor, behind whatever the process has to do: a terminal that is paused, a disk that is full or
 * a reader who has gone holds up no call. pino's own destination waits for such a reader when the process ends, for ever.
 */
export const writeLines = (
  fd: number,
  { mostWaiting = 8 * 1024 * 1024, togetherMs = 20, atEndMs = 300 }: LineWriterOptions = {},
): LineWriter => {
  let waiting = '';
  /** What the kernel has not taken yet of what it was given. */
  let given: Uint8Array = new Uint8Array();
  let leftOut = 0;
  let isUnderWay = false;
  let isWithKernel = false;
  let isGone = false;

  const takeWaiting = (): Uint8Array => {
    const lost =
      leftOut === 0 ? '' : `{"level":"warn","msg":"log lines left out: nobody took them","count":${leftOut}}\n`;
    const text = waiting + lost;
    [waiting, leftOut] = ['', 0];
    return Buffer.from(text);
  };
  const failed = ({ code }: NodeJS.ErrnoException): void => {
    if (!gone.has(code)) return;
    isGone = true;
    [waiting, given] = ['', new Uint8Array()];
  };
  const later = (ms: number): void => {
    isUnderWay = true;
    // The process may end meanwhile: then `end` writes what is left.
    setTimeout(next, ms).unref();
  };
  const next = (): void => {
    if (given.length === 0) given = takeWaiting();
    if (isGone || given.length === 0) {
      isUnderWay = false;
      return;
    }
    isWithKernel = true;
    write(fd, given, (error, written) => {
      isWithKernel = false;
      if (error === null) given = given.subarray(written);
      else failed(error);
      if (error === null && given.length > 0) next();
      else later(error === null ? togetherMs : againAfterMs);
    });
  };

  return {
    write(line) {
      if (isGone) return;
      if (waiting.length + line.length > mostWaiting) leftOut += 1;
      else waiting += line;
      if (!isUnderWay) later(togetherMs);
    },
    end() {
      // What was handed over in this moment has been taken, or never will be.
      if (isWithKernel) given = new Uint8Array();
      const giveUpAt = performance.now() + atEndMs;
      const nap = new Int32Array(new SharedArrayBuffer(4));
      while (!isGone && performance.now() < giveUpAt) {
        if (given.length === 0) given = takeWaiting();
        if (given.length === 0) return;
        try {
          given = given.subarray(writeSync(fd, given));
        } catch (error) {
          failed(error as NodeJS.ErrnoException);
          if (!isGone) Atomics.wait(nap, 0, 0, againAfterMs);
        }
      }
    },
  };
};
