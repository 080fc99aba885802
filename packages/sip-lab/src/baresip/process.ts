import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freeSipPort, freeTcpPort } from '../ports.ts';
import type { SipMessage } from '../sip/message.ts';
import { insideFolder, type SpawnInRoot } from '../spawn-in-root.ts';
import { NotInTime, within } from '../within.ts';
import { type BaresipSettings, baresipConfig } from './config.ts';
import { type BaresipEvent, CommandRefused, type Control, connectControl } from './control.ts';
import { sipTraceReader } from './sip-trace.ts';

/** A running baresip. */
export interface Baresip extends Pick<Control, 'command'> {
  /** Its own folder on the host. */
  readonly folder: string;
  readonly sipPort: number;
  /** Resolves when it has ended, for whatever reason. */
  readonly exited: Promise<void>;
  /** Ends it: un-registers, says goodbye, and is killed when that takes too long. */
  stop(): Promise<void>;
}

/** How to start one. */
export interface BaresipOptions extends Omit<BaresipSettings, 'sipPort' | 'controlPort'> {
  readonly spawn: SpawnInRoot;
  /** Where it makes a folder of its own, on the host. */
  readonly folder: string;
  /** A name for that folder. */
  readonly label: string;
  readonly sipPort?: number;
  readonly onEvent: (event: BaresipEvent) => void;
  readonly onMessage: (direction: 'sent' | 'received', message: SipMessage) => void;
}

/**
 * Starts baresip without any account, listening and under command.
 * @throws Error with what it printed when it does not come up.
 */
export const startBaresip = async (options: BaresipOptions): Promise<Baresip> => {
  const { host } = options;
  await mkdir(options.folder, { recursive: true });
  const folder = await mkdtemp(join(options.folder, `${options.label.replace(/[^\w+-]/g, '_').slice(0, 40)}-`));
  const sipPort = options.sipPort ?? (await freeSipPort(host));
  const controlPort = await freeTcpPort(host);
  await Promise.all([
    writeFile(join(folder, 'config'), baresipConfig({ ...options, sipPort, controlPort })),
    writeFile(join(folder, 'accounts'), ''),
    writeFile(join(folder, 'contacts'), ''),
  ]);
  // stdbuf: the trace is wanted line by line, not when 4 kB have gathered.
  const command = ['stdbuf', '-oL', 'baresip', '-4', '-s', '-f', insideFolder];
  const child = options.spawn('sh', ['-c', atOnce, 'sh', ...command], {
    folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit').then(() => undefined);
  await ready(child, exited);
  const read = sipTraceReader();
  child.stdout?.on('data', (chunk: Buffer) => {
    for (const { source, message } of read(chunk))
      options.onMessage(source === `${host}:${sipPort}` ? 'sent' : 'received', message);
  });
  const control = await connectControl(host, controlPort, options.onEvent);
  return {
    folder,
    sipPort,
    exited,
    command: (name, parameters) => control.command(name, parameters),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) await end(child, control, exited);
      control.close();
    },
  };
};

/**
 * Runs a command before all others on this machine, where that is allowed. A phone on hold closes its loudspeaker in the
 * moment of opening it: if the thread that plays has not begun by then, it is not stopped, and it writes into the memory
 * and the file of the next one (auplay_destructor, baresip 1.1 modules/aufile/aufile_play.c).
 */
const atOnce = 'chrt --rr 1 true 2>/dev/null && exec chrt --rr 1 "$@"; exec "$@"';

const startWithinMs = 10_000;

const ready = async (child: ChildProcess, exited: Promise<void>): Promise<void> => {
  let printed = '';
  const isReady = new Promise<boolean>((resolve) => {
    const listen = (chunk: Buffer) => {
      printed += chunk.toString();
      if (!printed.includes('baresip is ready')) return;
      child.stdout?.off('data', listen);
      resolve(true);
    };
    child.stdout?.on('data', listen);
    // Kept flowing for the life of the process: a full pipe would stop it.
    child.stderr?.on('data', (chunk: Buffer) => {
      if (printed.length < 10_000) printed += chunk.toString();
    });
  });
  const failure = () => `baresip did not start: ${printed.slice(-600)}`;
  const outcome = await within(Promise.race([isReady, exited]), startWithinMs, failure).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  if (outcome !== true || printed.includes('failed to listen')) {
    child.kill('SIGKILL');
    throw new Error(failure());
  }
};

/** How long an orderly end may take before force. */
const endWithinMs = 2_000;

const end = async (child: ChildProcess, control: Control, exited: Promise<void>): Promise<void> => {
  try {
    // The process may be gone before its reply is: what counts is that it exits.
    await within(Promise.race([Promise.all([control.command('quit'), exited]), exited]), endWithinMs, 'no end');
  } catch (error) {
    if (!(error instanceof NotInTime || error instanceof CommandRefused)) throw error;
    child.kill('SIGKILL');
    await exited;
  }
};
