import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { CommandFailed, hasCommand, type Output, run } from '../command.ts';
import { StartFailed } from '../start-failed.ts';

/**
 * Building and entering the root takes the right to mount: ours when we are root, sudo's otherwise. Root may act for
 * somebody else, whom its effective ids name: then all is theirs, and only these commands are root's.
 */
export interface Privilege {
  /** What stands before a command that needs the right; nothing for root. */
  readonly prefix: (env: Readonly<Record<string, string>>) => readonly string[];
  /** As whom such a command is spawned; nothing when as ourselves. */
  readonly identity: Identity;
  /** Whether what we spawn is the program itself; otherwise sudo stands between. */
  readonly isDirect: boolean;
  /** The user and group of those who start, and of the servers. */
  readonly invoker: Ids;
  readonly server: Ids;
}

export interface Ids {
  readonly uid: number;
  readonly gid: number;
}

/** What `spawn` is told of it. */
type Identity = Ids | Readonly<Record<string, never>>;

export const rootIds: Ids = { uid: 0, gid: 0 };

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
  const invoker = { uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
  if (process.getuid?.() === 0) {
    const isForItself = invoker.uid === 0;
    const identity = isForItself ? {} : rootIds;
    await requireMount([], identity);
    return { prefix: () => [], identity, isDirect: true, invoker, server: isForItself ? serverOfRoot : invoker };
  }
  await askForPassword();
  await requireMount(['sudo', '-n'], {});
  return {
    prefix: (env) => ['sudo', '-n', `--preserve-env=${Object.keys(env).join(',')}`, '--'],
    identity: {},
    isDirect: false,
    invoker,
    server: invoker,
  };
};

/**
 * How `setpriv` is called, and spawned, for a program that has no business with root's right: as the invoker, for good.
 */
export const asInvoker = (): { readonly args: readonly string[]; readonly identity: Identity } => {
  const uid = process.geteuid?.() ?? 0;
  if (process.getuid?.() !== 0 || uid === 0) return { args: [], identity: {} };
  return { args: ['--reuid', `${uid}`, '--regid', `${process.getegid?.()}`, '--clear-groups'], identity: rootIds };
};

/**
 * sudo may ask for a password, once, on the terminal. It then asks no more for a while, but only those of this terminal.
 * @throws StartFailed when it refuses.
 */
export const askForPassword = async (): Promise<void> => {
  if (!(await hasCommand('sudo')))
    throw new StartFailed(
      'The embedded servers need root or sudo: install sudo, start as root, or set DATABASE_URL, REDIS_URL and ARI_URL to servers of your own.',
    );
  const asking = spawn('sudo', ['-v'], { stdio: 'inherit' });
  const code = await new Promise<number | null>((resolve) => asking.on('close', resolve));
  if (code !== 0)
    throw new StartFailed(
      'sudo refused: start as root, or set DATABASE_URL, REDIS_URL and ARI_URL to servers of your own.',
    );
};

const requireMount = async (prefix: readonly string[], identity: Identity): Promise<void> => {
  const [command = 'unshare', ...args] = [...prefix, 'unshare', '--mount', '--propagation', 'private', 'true'];
  await run(command, args, identity).catch((error: unknown) => {
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
  return run(command, rest, {
    ...privilege.identity,
    env,
    ...(options.onLine === undefined ? {} : { onLine: options.onLine }),
  });
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
  if (privilege.isDirect) return child;
  const { pid } = child;
  child.kill = (signal = 'SIGTERM') => {
    if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return false;
    return process.kill(belowSudo(pid), signal);
  };
  return child;
};
