import { rename, stat } from 'node:fs/promises';
import { CommandFailed } from '../command.ts';

/** How long a log grows, and how often it is looked at. The pieces take at most twice this of the disk, and a little. */
export interface LogLimit {
  readonly mostBytes: number;
  readonly everyMs: number;
}

const ordinary: LogLimit = { mostBytes: 20_000_000, everyMs: 10_000 };

/**
 * Keeps a log short that a server writes by itself: grown too long, it is put aside as `<file>.before`, in place of the
 * piece before, and the server is asked to begin another.
 *
 * @param reopen asks the server. Where it cannot, it is asked again at the next look: the file is missing until then.
 */
export const limitLog = (
  file: string,
  reopen: () => Promise<unknown>,
  { mostBytes, everyMs }: LogLimit = ordinary,
): { stop(): void } => {
  const look = async (): Promise<void> => {
    const size = await sizeOf(file);
    if (size !== undefined && size <= mostBytes) return;
    if (size !== undefined) await rename(file, `${file}.before`);
    await reopen();
  };
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void look()
      .catch(unlessOfTheServerOrTheDisk)
      .finally(() => {
        looking = false;
      });
  }, everyMs).unref();
  return { stop: () => clearInterval(timer) };
};

const sizeOf = async (file: string): Promise<number | undefined> => {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/** A log must not end what it tells of: a server that is ending, or a disk that is full, is looked at again later. */
const unlessOfTheServerOrTheDisk = (error: unknown): void => {
  if (!(error instanceof CommandFailed) && (error as NodeJS.ErrnoException).syscall === undefined) throw error;
};
