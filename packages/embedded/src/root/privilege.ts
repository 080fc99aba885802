import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { CommandFailed, hasCommand, type Output, run } from '../command.ts';
import { StartFailed } from '../start-failed.ts';

/** Building and entering the root takes the right to mount: ours when we are root, sudo's otherwise. */
export interface Privilege {
  /** What stands before a command that needs the right; nothing for root. */
  readonly prefix: (env: Readonly<Record<string, string>>) => readonly string[];
  /** The user and group of those who start, and of the servers. */
  readonly invoker: Ids;
  readonly server: Ids;
}

export interface Ids {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Servers never run as root (PostgreSQL refuses it outright). When root starts them they get a number that no
 * distribution gives away: above people's, below systemd's (https://systemd.io/UIDS-GIDS/).
 */
const serverOfRoot: Ids = { uid: 59_060, gid: 59_060 };

/**
 * Finds out by what right the root may be entered.
 * @throws StartFailed when there is none.
 */
export const findPrivilege = async (): Promise<Privilege> => {
  const invoker = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  if (invoker.uid === 0) {
    await requireMount([]);
    return { prefix: () => [], invoker, server: serverOfRoot };
  }
  if (!(await hasCommand('sudo')))
    throw new StartFailed(
      'The embedded servers need root or sudo: install sudo, start as root, or set DATABASE_URL, REDIS_URL and ARI_URL to servers of your own.',
    );
  await askForPassword();
  await requireMount(['sudo', '-n']);
  return {
    prefix: (env) => ['sudo', '-n', `--preserve-env=${Object.keys(env).join(',')}`, '--'],
    invoker,
    server: invoker,
  };
};

/** sudo may ask for a password, once, on the terminal; later uses are without question (`-n`). */
const askForPassword = async (): Promise<void> => {
  const asking = spawn('sudo', ['-v'], { stdio: 'inherit' });
  const code = await new Promise<number | null>((resolve) => asking.on('close', resolve));
  if (code !== 0)
    throw new StartFailed(
      'sudo refused: start as root, or set DATABASE_URL, REDIS_URL and ARI_URL to servers of your own.',
    );
};

const requireMount = async (prefix: readonly string[]): Promise<void> => {
  const [command = 'unshare', ...args] = [...prefix, 'unshare', '--mount', '--propagation', 'private', 'true'];
  await run(command, args).catch((error: unknown) => {
    if (!(error instanceof CommandFailed)) throw error;
    throw new StartFailed(
      'This process may not create a mount namespace (CAP_SYS_ADMIN): give its container that right, or set DATABASE_URL, REDIS_URL and ARI_URL to servers of your own.',
    );
  });
};

/** Runs a command of the host with the right. */
export const runPrivileged = (
  privilege: Privilege,
  [program, ...args]: readonly [string, ...string[]],
  options: { env?: Record<string, string>; onLine?: (line: string) => void } = {},
): Promise<Output> => {
  const env = { ...process.env, ...options.env };
  const [command = program, ...rest] = [...privilege.prefix(options.env ?? { PATH: '' }), program, ...args];
  return run(command, rest, { env, ...(options.onLine === undefined ? {} : { onLine: options.onLine }) });
};

/**
 * sudo stays as the parent of what it runs, and cannot be signalled by us: the program below it can.
 * @returns the process below `pid` that is not sudo itself; `pid` when there is none yet.
 */
export const belowSudo = (pid: number): number => {
  for (;;) {
    if (readProc(pid, 'comm').trim() !== 'sudo') return pid;
    const child = Number.parseInt(readProc(pid, `task/${pid}/children`), 10);
    if (Number.isNaN(child)) return pid;
    pid = child;
  }
};

const readProc = (pid: number, what: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8');
  } catch (error) {
    // The process has ended meanwhile.
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return '';
    throw error;
  }
};

/** Makes `child.kill` reach the program itself where sudo stands between. */
export const killable = (child: ChildProcess, privilege: Privilege): ChildProcess => {
  if (privilege.invoker.uid === 0) return child;
  const { pid } = child;
  child.kill = (signal = 'SIGTERM') => {
    if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return false;
    return process.kill(belowSudo(pid), signal);
  };
  return child;
};
