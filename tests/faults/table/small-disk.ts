import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of its own that can be full. */
export interface SmallDisk {
  readonly folder: string;
  /** Takes all that is free. */
  fill(): void;
  /** Gives it back. */
  free(): void;
  /** Unmounts it, whatever still uses it; nothing the second time. */
  remove(): void;
}

const sizeMb = 512;
const mostTries = 100;
const littleBytes = 256 * 1024;

const freeBytes = (folder: string): number => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
};

/** A file system in memory. @returns undefined for whoever may not mount one */
export const openSmallDisk = (): SmallDisk | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'cordboard-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m,mode=0755`, 'cordboard-faults', folder]);
  mkdirSync(join(folder, 'tmp'));
  const filler = join(folder, 'filler');
  let isThere = true;
  const remove = (): void => {
    if (!isThere) return;
    isThere = false;
    process.off('exit', remove);
    execFileSync('umount', ['--lazy', folder]);
    rmdirSync(folder);
  };
  process.on('exit', remove);
  return {
    folder: join(folder, 'tmp'),
    fill() {
      for (let tries = 0; tries < mostTries; tries += 1) {
        // Somebody may write between the question and the taking: then it does not fit, the disk has been full for a moment,
        // and nothing is taken. So a little is left at first. What is given up because the disk is full is not taken.
        const most = freeBytes(folder) - littleBytes;
        if (spawnSync('fallocate', ['--length', `${most}`, filler]).status !== 0) continue;
        spawnSync('fallocate', ['--offset', `${most}`, '--length', `${littleBytes}`, filler]);
        return;
      }
      throw new Error(`The disk could not be filled in ${mostTries} attempts.`);
    },
    free: () => rmSync(filler, { force: true }),
    remove,
  };
};
