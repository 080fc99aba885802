import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Holder } from '@cordboard/application';
import { z } from 'zod';

const Kept = z.object({ epoch: z.number(), place: z.string(), pid: z.number(), since: z.string() });

/** Who was last in control with this data folder, for a process that begins while Redis is away. */
export interface KeptLease {
  /** Undefined when nothing is kept, or it cannot be read. */
  last(): Promise<{ readonly epoch: number; readonly holder: Holder } | undefined>;
  /** @throws what the disk says */
  keep(epoch: number, holder: Holder): Promise<void>;
}

export const keptLease = (folder: string): KeptLease => {
  const file = join(folder, 'in-control.json');
  return {
    async last() {
      const text = await readFile(file, 'utf8').catch(unlessMissing);
      const read = text === undefined ? undefined : Kept.safeParse(parsed(text)).data;
      if (read === undefined) return undefined;
      const { epoch, ...holder } = read;
      return { epoch, holder };
    },
    async keep(epoch, holder) {
      await mkdir(folder, { recursive: true });
      const kept: z.output<typeof Kept> = { epoch, ...holder };
      await writeFile(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
      await rename(`${file}.new`, file);
    },
  };
};

const unlessMissing = (error: unknown): undefined => {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
};

/** What was not written to its end tells nothing. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};
