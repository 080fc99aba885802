import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';

/** What a command that ended well has printed. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/** A command ended badly, or could not be run. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  readonly code: number | string | undefined;
  readonly stderr: string;

  constructor(command: string, code: number | string | undefined, stderr: string) {
    const said = stderr.trim().split('\n').slice(-3).join(' · ');
    super(`${command} failed (${code ?? 'killed'})${said === '' ? '' : `: ${said}`}`);
    this.code = code;
    this.stderr = stderr;
  }
}

/** What to give the command to read, and who follows what it says on standard error. */
export interface CollectOptions {
  readonly input?: string;
  readonly onLine?: (line: string) => void;
}

/**
 * Waits for a child and gathers what it prints.
 * @throws CommandFailed unless it exits with 0.
 */
export const collect = (name: string, child: ChildProcess, { input, onLine }: CollectOptions = {}): Promise<Output> =>
  new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      if (onLine !== undefined) for (const line of chunk.toString().split('\n')) if (line !== '') onLine(line);
    });
    // A command may end without reading all it is offered; its exit code is what counts.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
    child.on('error', (error: NodeJS.ErrnoException) => reject(new CommandFailed(name, error.code, error.message)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve({ stdout, stderr });
      else reject(new CommandFailed(name, code ?? signal ?? undefined, stderr));
    });
  });

/**
 * Runs a command of the host to its end.
 * @throws CommandFailed unless it exits with 0.
 */
export const run = (
  command: string,
  args: readonly string[],
  options: CollectOptions & Pick<SpawnOptions, 'env' | 'cwd' | 'uid' | 'gid'> = {},
): Promise<Output> => {
  const { input, onLine, ...rest } = options;
  return collect(command, spawn(command, args, { ...rest, stdio: 'pipe' }), {
    ...(input === undefined ? {} : { input }),
    ...(onLine === undefined ? {} : { onLine }),
  });
};

/** Whether the host has this command. */
export const hasCommand = (command: string): Promise<boolean> =>
  run('sh', ['-c', 'command -v "$1"', 'sh', command]).then(
    () => true,
    () => false,
  );
