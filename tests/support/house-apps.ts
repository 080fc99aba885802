import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openLogFile } from '@cordboard/embedded';
import { projectFolder } from '../../apps/cli/src/project-folder.ts';

/** One of the application's own processes. */
export interface App {
  /** Starts it; does not wait until it is ready. */
  start(): void;
  /** Ends it in good order. */
  stop(): Promise<void>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Sends it a signal that it outlives, such as SIGSTOP; nothing when it does not run. */
  signal(signal: NodeJS.Signals): void;
  isRunning(): boolean;
  /** Resolves when it has ended, however it comes to that. */
  ended(): Promise<void>;
}

export type AppName = 'stasis' | 'api' | 'worker';

/** The processes of `npm start`, each with its log in the folder. */
export const houseApps = async (
  environment: Readonly<Record<string, string>>,
  folder: string,
): Promise<Readonly<Record<AppName, App>>> => {
  await mkdir(folder, { recursive: true });
  return {
    stasis: houseApp('stasis', environment, folder),
    api: houseApp('api', environment, folder),
    worker: houseApp('worker', environment, folder),
  };
};

/** @param logName of its log, where there are two of one name */
export const houseApp = (
  name: AppName,
  environment: Readonly<Record<string, string>>,
  folder: string,
  logName: string = name,
): App => {
  // As it is built before the first test: it begins in half the time that its sources take.
  const program = `apps/${name}/dist/main.js`;
  let child: ChildProcess | undefined;
  const isRunning = (): boolean => child !== undefined && child.exitCode === null && child.signalCode === null;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    const exited = once(ending, 'exit');
    ending.kill(signal);
    await exited;
  };
  return {
    start() {
      // setpriv, so that it does not outlive a test run that is killed.
      child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', process.execPath, '--enable-source-maps', program], {
        cwd: projectFolder,
        env: { ...process.env, ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const log = openLogFile(join(folder, `${logName}.log`), 'its-end');
      child.stdout?.pipe(log, { end: false });
      child.stderr?.pipe(log, { end: false });
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    signal: (signal) => void child?.kill(signal),
    isRunning,
    async ended() {
      if (child !== undefined && isRunning()) await once(child, 'exit');
    },
  };
};
