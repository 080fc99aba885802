import { execFileSync } from 'node:child_process';
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
      const { bavail, bsize } = statfsSync(folder);
      execFileSync('fallocate', ['--length', `${bavail * bsize}`, filler]);
    },
    free: () => rmSync(filler, { force: true }),
    remove,
  };
};
