import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A lock that is held. */
export interface Lock {
  release(): Promise<void>;
}

/** Someone else holds the lock. */
export class LockHeld extends Error {
  override readonly name = 'LockHeld';
  /** The process that took it, as far as is known. */
  readonly pid: number | undefined;

  constructor(file: string, pid: number | undefined) {
    super(`${file} is held by process ${pid ?? 'unknown'}`);
    this.pid = pid;
  }
}

/**
 * Takes the lock of a file, waiting for whoever has it. The kernel keeps it (flock(2)), held by a child that lives as long
 * as a pipe of ours: however this process ends, the lock is free again, and none is ever left behind to be guessed about.
 */
export const lock = (file: string): Promise<Lock> => take(file, []);

/**
 * Takes the lock of a file, at once or not at all.
 * @throws LockHeld when another process has it.
 */
export const lockNow = (file: string): Promise<Lock> => take(file, ['--nonblock']);

const take = async (file: string, how: readonly string[]): Promise<Lock> => {
  await mkdir(dirname(file), { recursive: true });
  const holder = spawn('flock', [...how, file, 'sh', '-c', 'echo held; exec cat'], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(holder, 'exit').then(() => false);
  const held = once(holder.stdout, 'data').then(() => true);
  if (!(await Promise.race([held, ended]))) throw new LockHeld(file, await ownerOf(file));
  await writeFile(file, String(process.pid));
  return {
    async release() {
      holder.stdin.end();
      await ended;
    },
  };
};

const ownerOf = async (file: string): Promise<number | undefined> => {
  const pid = Number.parseInt(await readFile(file, 'utf8'), 10);
  return Number.isNaN(pid) ? undefined : pid;
};
