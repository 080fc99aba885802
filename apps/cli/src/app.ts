import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { asInvoker, type Exit, type Supervisable, type Supervised, supervise } from '@cordboard/embedded';
import { projectFolder } from './project-folder.ts';
import { putAside, rollingLog } from './rolling-log.ts';
import { toldToPeople } from './told-to-people.ts';

/** The processes of the application. */
export type AppName = 'stasis' | 'api' | 'worker';

/** How to run one. */
export interface AppOptions {
  readonly name: AppName;
  /** What people and its log call it, where two of one name run. */
  readonly knownAs?: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Where its log is kept: `<name>.log`, and the one of the time before. */
  readonly logFolder: string;
  readonly say: (line: string) => void;
}

/** How long an application may take to finish what it is doing. */
const stopWithinMs = 10_000;

/** Starts one of the application's processes and keeps it alive. Its warnings are told to people; all else is in its log. */
export const runApp = async (options: AppOptions): Promise<Supervised<Supervisable>> => {
  const { name, logFolder, say, knownAs = name } = options;
  const file = join(logFolder, `${knownAs}.log`);
  await mkdir(logFolder, { recursive: true, mode: 0o700 });
  await putAside(file);
  return supervise(knownAs, async () => begin(options, file), { report: say });
};

const begin = ({ name, environment, say, knownAs = name }: AppOptions, file: string): Supervisable => {
  const log = rollingLog(file);
  // setpriv, so that it is told when we are gone; detached, so that Ctrl-C reaches us alone and the end has an order.
  const { args, identity } = asInvoker();
  const child = spawn(
    'setpriv',
    [...args, '--pdeathsig', 'TERM', '--', process.execPath, '--enable-source-maps', `apps/${name}/dist/main.js`],
    {
      ...identity,
      cwd: projectFolder,
      env: { ...process.env, ...environment },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipe(log, { end: false });
    createInterface({ input: stream }).on('line', (line) => {
      const told = toldToPeople(line);
      if (told !== undefined) say(`${knownAs}: ${told}`);
    });
  }
  const exited = exitOf(child).finally(() => log.end());
  return {
    exited,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
      await exited;
      clearTimeout(force);
    },
  };
};

const exitOf = (child: ChildProcess): Promise<Exit> =>
  new Promise((resolve) => {
    child.once('error', () => resolve({ code: null, signal: null }));
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
