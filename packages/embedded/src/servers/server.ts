import type { ChildProcess } from 'node:child_process';
import { openLogFile } from '../log-file.ts';
import { StartFailed } from '../start-failed.ts';

/** A server that runs as a child of ours. */
export interface Server {
  readonly name: string;
  readonly pid: number;
  /** Where it serves, with all that is needed to get in. */
  readonly url: string;
  /** Resolves when it has ended, asked to or not. */
  readonly exited: Promise<Exit>;
  /** Ends it in good order, and by force when that takes too long. Ending it twice is agreement. */
  stop(): Promise<void>;
  /** Sends it a signal: for tests of what happens then. */
  kill(signal: NodeJS.Signals): void;
}

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What is common to all servers: their log, their last words, their end. */
export interface ServerOptions {
  readonly name: string;
  readonly child: ChildProcess;
  readonly url: string;
  /** What it prints is kept here, anew for each start. */
  readonly logFile: string;
  readonly stopSignal: NodeJS.Signals;
  /** How long a good end may take before force. */
  readonly stopWithinMs: number;
  /** Resolves when it really serves. Is told each line that it prints. */
  readonly ready: (lines: LineSource, exited: Promise<Exit>) => Promise<void>;
  readonly readyWithinMs: number;
  /** What a person should do when it does not come up. */
  readonly remedy: string;
}

/** Calls back for each line. */
export type LineSource = (listener: (line: string) => void) => void;

/** How many last lines are kept, to say why a server did not come up. */
const keptLines = 12;

/**
 * Waits for a started child to serve.
 * @throws StartFailed with its last words and the remedy; the child is then gone.
 */
export const serving = async (options: ServerOptions): Promise<Server> => {
  const { name, child, url } = options;
  const lastLines: string[] = [];
  const listeners: ((line: string) => void)[] = [
    (line) => {
      lastLines.push(line);
      if (lastLines.length > keptLines) lastLines.shift();
    },
  ];
  const log = openLogFile(options.logFile, 'anew');
  const exited = new Promise<Exit>((resolve) => {
    child.once('error', (error) => {
      lastLines.push(error.message);
      resolve({ code: null, signal: null });
    });
    // `close`, not `exit`: its last words are then all heard.
    child.once('close', (code, signal) => {
      log.end();
      resolve({ code, signal });
    });
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.pipe(log, { end: false });
    splitLines(stream, (line) => {
      for (const listener of listeners) listener(line);
    });
  }
  const state = { over: false };
  void exited.then(() => {
    state.over = true;
  });
  const stop = async (): Promise<void> => {
    if (state.over) return;
    child.kill(options.stopSignal);
    const force = setTimeout(() => child.kill('SIGKILL'), options.stopWithinMs);
    await exited;
    clearTimeout(force);
  };
  const because = (what: string): StartFailed =>
    new StartFailed(`${name} ${what}${lastWords(lastLines)}: ${options.remedy}`);
  try {
    await Promise.race([
      options.ready((listener) => listeners.push(listener), exited),
      exited.then(({ code, signal }) => {
        throw because(`ended while starting (${code ?? signal ?? 'it could not be run'})`);
      }),
      late(options.readyWithinMs).then(() => {
        throw because(`did not serve within ${options.readyWithinMs / 1000} s`);
      }),
    ]);
  } catch (error) {
    child.kill('SIGKILL');
    await exited;
    throw error;
  }
  return { name, pid: child.pid ?? 0, url, exited, stop, kill: (signal) => void child.kill(signal) };
};

const lastWords = (lines: readonly string[]): string => {
  const telling = lines.findLast((line) => /fatal|error|fail|can't|cannot|denied/i.test(line)) ?? lines.at(-1);
  return telling === undefined ? '' : ` ("${telling.trim().slice(0, 200)}")`;
};

const late = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

const splitLines = (stream: NodeJS.ReadableStream | null, each: (line: string) => void): void => {
  let rest = '';
  stream?.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') each(line);
  });
  stream?.on('end', () => {
    if (rest !== '') each(rest);
  });
};
