import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandFailed, hasCommand } from '../command.ts';
import { exists } from '../files.ts';
import { type Lock, LockHeld, lock, lockNow } from '../lock.ts';
import type { Report } from '../report.ts';
import { StartFailed } from '../start-failed.ts';
import { buildCommand, contentsHash } from './contents.ts';
import { findPrivilege, type Privilege, runPrivileged } from './privilege.ts';
import { type Root, rootAt } from './root.ts';

/** Where the cache is, and who follows the building. */
export interface EnsureRootOptions {
  /** CORDBOARD_HOME. */
  readonly home: string;
  readonly report: Report;
}

/** Where the root of this version's package list lies, built or not. */
export const rootPath = (home: string): string => join(home, 'roots', contentsHash);

/**
 * The private root, built when the cache does not hold it. Two at once build it once: the second waits. It gets its name
 * when it is complete, so that an interrupted building leaves nothing that could be taken for a root.
 * @throws StartFailed with what stands in the way.
 */
export const ensureRoot = async ({ home, report }: EnsureRootOptions): Promise<Root> => {
  const privilege = await findPrivilege();
  const path = rootPath(home);
  if (!(await exists(path))) {
    const held = await lockOrWait(join(home, 'roots', '.lock'), report);
    try {
      if (!(await exists(path))) await build(path, privilege, report);
    } finally {
      await held.release();
    }
  }
  return rootAt(path, privilege);
};

const lockOrWait = (file: string, report: Report): Promise<Lock> =>
  lockNow(file).catch((error: unknown) => {
    if (!(error instanceof LockHeld)) throw error;
    report(`waiting for process ${error.pid ?? ''}, which is building it`);
    return lock(file);
  });

const build = async (path: string, privilege: Privilege, report: Report): Promise<void> => {
  await ensureBuilder(privilege, report);
  report('building the private Debian root (once; some minutes and 900 MB)');
  const partial = `${path}.partial-${process.pid}`;
  try {
    await sweep(join(path, '..'), privilege);
    await runPrivileged(privilege, [...guarded, ...buildCommand(partial)]);
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    throw new StartFailed(
      `The private Debian root could not be built (${error.message}): check the network and the free disk space (2 GB) of CORDBOARD_HOME, then start again.`,
    );
  }
  await rename(partial, path);
};

/**
 * Should this process die, the builder dies with it, at once and with all that it has started: a process namespace of its
 * own ends with its first process. mmdebstrap alone goes on until the packages at hand are unpacked. What it has mounted
 * goes too.
 */
const guarded = [
  ...['setpriv', '--pdeathsig', 'KILL', '--'],
  ...['unshare', '--mount', '--propagation', 'private', '--pid', '--fork', '--kill-child', '--mount-proc', '--'],
] as const;

/** What interrupted buildings have left. */
const sweep = async (roots: string, privilege: Privilege): Promise<void> => {
  for (const name of await readdir(roots))
    if (name.includes('.partial-'))
      await runPrivileged(privilege, ['rm', '-rf', '--one-file-system', join(roots, name)]);
};

/** mmdebstrap is the one thing installed on the host. */
const ensureBuilder = async (privilege: Privilege, report: Report): Promise<void> => {
  if (await hasCommand('mmdebstrap')) return;
  if (!(await hasCommand('apt-get')))
    throw new StartFailed(
      'mmdebstrap is missing and there is no apt-get to install it: install it, or set DATABASE_URL, REDIS_URL and ARI_URL to servers of your own.',
    );
  report('installing mmdebstrap');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await runPrivileged(privilege, ['apt-get', 'update', '-q'], { env });
    await runPrivileged(
      privilege,
      [
        'apt-get',
        'install',
        '-qy',
        '--no-install-recommends',
        'mmdebstrap',
        'debian-archive-keyring',
        'ca-certificates',
      ],
      { env },
    );
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    throw new StartFailed(
      `mmdebstrap could not be installed (${error.message}): install it with apt-get, then start again.`,
    );
  }
};
