import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { Writable } from 'node:stream';

/** A log takes at most twice this much of the disk. */
const mostBytes = 20_000_000;

/**
 * A log file that begins anew when it has grown too long; the piece before it is kept as `<file>.before`.
 * What cannot be written, as on a full disk, is lost: a log must not end what it tells of.
 */
export const rollingLog = (file: string, most = mostBytes): Writable => {
  let current: { readonly handle: FileHandle; size: number } | undefined;
  const close = async (): Promise<void> => {
    await current?.handle.close();
    current = undefined;
  };
  const append = async (chunk: Buffer): Promise<void> => {
    if (current !== undefined && current.size + chunk.length > most) {
      await close();
      await rename(file, before(file));
    }
    current ??= await beginning(file);
    await current.handle.appendFile(chunk);
    current.size += chunk.length;
  };
  return new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      append(chunk).then(() => done(), unlessOfTheDisk(done));
    },
    final: (done) => {
      close().then(() => done(), done);
    },
  });
};

/** Keeps what an earlier run has written apart from what comes. */
export const putAside = async (file: string): Promise<void> => {
  await rm(before(file), { force: true });
  await rename(file, before(file)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
};

const before = (file: string): string => `${file}.before`;

const beginning = async (file: string): Promise<{ handle: FileHandle; size: number }> => {
  const handle = await open(file, 'a', 0o600);
  return { handle, size: (await handle.stat()).size };
};

const ofTheDisk: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS'];

const unlessOfTheDisk =
  (done: (error?: Error) => void) =>
  (error: NodeJS.ErrnoException): void =>
    done(ofTheDisk.includes(error.code) ? undefined : error);
