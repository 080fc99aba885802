import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, readlink, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfiguration } from '@cordboard/configuration';
import { until } from '../support/until.ts';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** A command of Cordboard's that runs, or has run. */
export interface Running {
  readonly pid: number;
  /** What it has printed so far. */
  said(): string;
  /** Resolves when it has printed this. */
  says(text: string, withinMs: number): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** Its exit code. */
  readonly ended: Promise<number | null>;
}

/** A folder of its own for an installation, with the private root and the prompts that are there already. */
export const freshHome = async (folder: string): Promise<string> => {
  const home = join(folder, 'home');
  await mkdir(home);
  for (const name of ['roots', 'media'])
    await symlink(join(readConfiguration(process.env).home, name), join(home, name));
  return home;
};

/** Starts a command as npm does. */
export const begin = (args: readonly string[], environment: Readonly<Record<string, string>>): Running => {
  const child = spawn(process.execPath, [join(projectFolder, 'scripts/cordboard.mjs'), ...args], {
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...environment },
    // Its own session, as in a terminal of its own.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const state = { over: false };
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve)).finally(() => {
    state.over = true;
  });
  return {
    pid: child.pid ?? 0,
    said: () => said,
    async says(text, withinMs) {
      await until(`it says "${text}" (it said: ${said})`, () => said.includes(text) || state.over, { withinMs });
      if (!said.includes(text)) throw new Error(`it ended without saying "${text}": ${said}`);
    },
    signal: (signal) => void child.kill(signal),
    ended,
  };
};

/** The processes that a process has started, by what their command line ends in. */
export const childOf = async (pid: number, command: string): Promise<number | undefined> => {
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ');
  for (const child of children) {
    const line = (await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
    if (line.includes(command)) return Number(child);
  }
  return undefined;
};

/** What is left of an installation: processes that see its folder or work for it, and ports that are listened on. */
export const leftOf = async (home: string, ports: readonly number[]): Promise<readonly string[]> => {
  const left: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const [mounts, log] = await Promise.all([
      readFile(`/proc/${pid}/mountinfo`, 'utf8').catch(() => ''),
      readlink(`/proc/${pid}/fd/1`).catch(() => ''),
    ]);
    if (mounts.includes(home) || log.includes(home)) left.push(`process ${pid}`);
  }
  for (const port of ports) if (await isListenedOn(port)) left.push(`port ${port}`);
  return left;
};

const isListenedOn = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(true));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(false)));
  });
