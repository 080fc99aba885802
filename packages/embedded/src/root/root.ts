import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { collect, type Output, run } from '../command.ts';
import { enterCommand } from './enter.ts';
import { killable, type Privilege, rootIds } from './privilege.ts';

/** The private Debian root: stock servers and tools, without touching the host. */
export interface Root {
  /** Where it lies on the host. */
  readonly path: string;
  /**
   * Starts a program of the root. The host's `folder` appears there as `/srv/cordboard` and is the program's working
   * folder; the network is the host's. The child's number is the program's own; the program gets `whenOrphaned` when this
   * process dies first. It has a session of its own, so Ctrl-C in a terminal does not reach it.
   */
  spawn(command: string, args: readonly string[], options: SpawnInRootOptions): ChildProcess;
  /**
   * Runs a program of the root to its end.
   * @throws CommandFailed unless it exits with 0.
   */
  run(command: string, args: readonly string[], options: RunInRootOptions): Promise<Output>;
  /** Gives a folder of the host, with all it holds, to the user that servers run as. */
  giveToServers(folder: string): Promise<void>;
}

/** How a program of the root runs. */
export interface SpawnInRootOptions {
  readonly folder: string;
  /** More folders: the path inside, below `/srv`, to the path on the host. */
  readonly binds?: Readonly<Record<string, string>>;
  /** Whoever started us (the default), the servers' unprivileged user, or root (to listen to the network, say). */
  readonly user?: 'invoker' | 'server' | 'root';
  /** The program's whole environment, beside PATH, HOME and LANG. */
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input closed, output and errors piped, unless said otherwise. */
  readonly stdio?: StdioOptions;
  /** SIGKILL unless said otherwise. */
  readonly whenOrphaned?: NodeJS.Signals;
}

/** How a program of the root runs to its end. */
export type RunInRootOptions = Omit<SpawnInRootOptions, 'stdio'> & { readonly input?: string };

/** The root at this path, entered by this right. */
export const rootAt = (path: string, privilege: Privilege): Root => {
  const spawnInRoot: Root['spawn'] = (command, args, options) => {
    const user = { root: rootIds, ...privilege }[options.user ?? 'invoker'];
    const env = {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: '/srv/cordboard',
      LANG: 'C.UTF-8',
      ...options.env,
    };
    const enter = enterCommand(
      {
        root: path,
        folder: options.folder,
        binds: options.binds ?? {},
        user,
        server: privilege.server,
        whenOrphaned: options.whenOrphaned ?? 'SIGKILL',
        parent: privilege.isDirect ? undefined : process.pid,
      },
      command,
      args,
    );
    const [program = 'unshare', ...rest] = [...privilege.prefix(env), ...enter];
    const child = spawn(program, rest, {
      ...privilege.identity,
      detached: true,
      env,
      stdio: options.stdio ?? ['ignore', 'pipe', 'pipe'],
    });
    return killable(child, privilege);
  };
  return {
    path,
    spawn: spawnInRoot,
    run: (command, args, { input, ...options }) =>
      collect(
        command,
        spawnInRoot(command, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] }),
        input === undefined ? {} : { input },
      ),
    async giveToServers(folder) {
      const { uid, gid } = privilege.server;
      if (privilege.invoker.uid === 0) await run('chown', ['-R', '--no-dereference', `${uid}:${gid}`, folder]);
    },
  };
};
