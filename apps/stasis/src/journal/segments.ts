import { createReadStream } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { JournalEntry } from '@cordboard/application';
import { entryOf } from './line.ts';

/** The files of a journal are numbered, and never written again once the next one has been begun. */
const named = /^changes-(\d{8})\.journal$/;

export const segmentFile = (folder: string, number: number): string =>
  join(folder, `changes-${String(number).padStart(8, '0')}.journal`);

/** The numbers of those there, the oldest first. */
export const segmentsIn = async (folder: string): Promise<readonly number[]> => {
  const names = await readdir(folder);
  return names
    .flatMap((name) => named.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
};

export const bytesIn = async (folder: string, segments: readonly number[]): Promise<number> => {
  const sizes = await Promise.all(segments.map(async (number) => (await stat(segmentFile(folder, number))).size));
  return sizes.reduce((all, size) => all + size, 0);
};

export const removeSegments = async (folder: string, segments: readonly number[]): Promise<void> => {
  for (const number of segments) await rm(segmentFile(folder, number), { force: true });
};

/** @param onTorn told of the line from which on a file is not what was written; the rest of it is left out */
export async function* entriesIn(
  file: string,
  onTorn: (torn: { readonly file: string; readonly line: number }) => void,
): AsyncGenerator<JournalEntry> {
  const source = createReadStream(file);
  let line = 0;
  try {
    for await (const text of createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY })) {
      line += 1;
      const entry = entryOf(text);
      if (entry === undefined) return onTorn({ file, line });
      yield entry;
    }
  } finally {
    source.destroy();
  }
}
