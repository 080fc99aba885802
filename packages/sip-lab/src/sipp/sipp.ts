import type { ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freeUdpPort } from '../ports.ts';
import { insideFolder } from '../spawn-in-root.ts';
import { NotInTime, within } from '../within.ts';
import { parseCounts } from './counts.ts';
import { parseMessageLog } from './message-log.ts';
import { injectionFile, type SippOptions, type SippResult, sippArguments } from './options.ts';

/** A running SIPp. */
export interface Sipp {
  readonly localPort: number;
  /** Its folder, on the host. */
  readonly folder: string;
  /** Settles when it has ended. */
  readonly result: Promise<SippResult>;
  /**
   * No new calls; the calls in progress may end; then it ends.
   * @param options.withinMs calls still in progress after that are broken off; 10 s
   */
  finish(options?: { readonly withinMs?: number }): Promise<SippResult>;
  /** Breaks off all calls, and ends. */
  abort(): Promise<SippResult>;
}

/** SIPp could not begin, as with a mistake in the scenario. */
export class SippFailed extends Error {
  override readonly name = 'SippFailed';
}

/** Runs SIPp to its end. Give it `calls` or `timeoutMs`. */
export const runSipp = async (options: SippOptions): Promise<SippResult> => (await startSipp(options)).result;

/**
 * Starts SIPp and waits until it listens.
 * @throws SippFailed with its words when it does not come up
 */
export const startSipp = async (options: SippOptions): Promise<Sipp> => {
  const host = options.localHost ?? '127.0.0.1';
  const [folder, localPort, controlPort, mediaPort] = await Promise.all([
    writeFiles(options),
    options.localPort ?? freeUdpPort(host),
    freeUdpPort(host),
    freeUdpPort(host),
  ]);
  const args = sippArguments(options, { localPort, controlPort, mediaPort });
  const child = options.spawn('sh', ['-c', `cd ${insideFolder} && exec sipp "$@"`, 'sh', ...args], {
    folder,
    // The message log is dated in local time.
    env: { TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-4_000);
  });
  const exited = once(child, 'exit').then(() => undefined);
  const press = (key: 'q' | 'Q') => send(key, host, controlPort);
  /** By the key, and by force when that takes too long. */
  const end = async (key: 'q' | 'Q', withinMs: number): Promise<void> => {
    await press(key);
    await within(exited, withinMs, 'SIPp did not end').catch(async (error: unknown) => {
      if (!(error instanceof NotInTime)) throw error;
      if (key === 'q') return end('Q', abortWithinMs);
      child.kill('SIGKILL');
      await exited;
    });
  };
  const timer =
    options.timeoutMs === undefined ? undefined : setTimeout(() => void end('Q', abortWithinMs), options.timeoutMs);
  const result = exited.then(() => {
    clearTimeout(timer);
    return readResult(folder, child, words, options.messages === true);
  });
  // Whoever asks for the result is told of its failure; nobody may ask.
  result.catch(() => undefined);
  await Promise.race([listening(localPort, exited), result.then(() => undefined)]);
  return {
    localPort,
    folder,
    result,
    finish: async ({ withinMs = 10_000 } = {}) => {
      await end('q', withinMs);
      return result;
    },
    abort: async () => {
      await end('Q', abortWithinMs);
      return result;
    },
  };
};

const abortWithinMs = 2_000;

const writeFiles = async ({ folder, scenario, lines = [], files = {} }: SippOptions): Promise<string> => {
  await mkdir(folder, { recursive: true });
  const own = await mkdtemp(join(folder, 'sipp-'));
  await Promise.all([
    writeFile(join(own, 'scenario.xml'), scenario),
    writeFile(join(own, 'lines.csv'), injectionFile(lines)),
    ...Object.entries(files).map(([name, bytes]) => writeFile(join(own, name), bytes)),
  ]);
  return own;
};

/** SIPp tells nobody that it listens; the kernel's table of sockets does. */
const listening = async (port: number, exited: Promise<void>): Promise<void> => {
  const entry = new RegExp(`:${port.toString(16).toUpperCase().padStart(4, '0')} `);
  let gone = false;
  void exited.then(() => {
    gone = true;
  });
  while (!gone) {
    const sockets = await Promise.all([readFile('/proc/net/udp', 'utf8'), readFile('/proc/net/tcp', 'utf8')]);
    if (sockets.some((table) => entry.test(table))) return;
    await sleep(5);
  }
};

/** SIPp's remote control: a key in a datagram. It survives whatever wraps the process, as a signal would not. */
const send = async (key: string, host: string, port: number): Promise<void> => {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => {
    socket.send(key, port, host, () => resolve());
  });
  socket.close();
};

const readResult = async (
  folder: string,
  child: ChildProcess,
  words: string,
  withMessages: boolean,
): Promise<SippResult> => {
  const [stats, errors, log] = await Promise.all([
    readIfThere(join(folder, 'stats.csv')),
    readIfThere(join(folder, 'errors.log')),
    withMessages ? readIfThere(join(folder, 'messages.log')) : '',
  ]);
  const counts = parseCounts(stats);
  if (counts === undefined) throw new SippFailed(`SIPp ended (${child.exitCode}) without a count: ${errors}${words}`);
  return { exitCode: child.exitCode, ...counts, messages: parseMessageLog(log), errors };
};

const readIfThere = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
};
