import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Day } from '@cordboard/core';
import { DayUnreadable, dayOf, linesOf } from './day-lines.ts';

/** @throws DayUnreadable */
export const readDay = async (file: string): Promise<Day> => {
  const source = createReadStream(file);
  try {
    await new Promise((resolve, reject) => source.once('open', resolve).once('error', reject));
  } catch (error) {
    throw new DayUnreadable(`${file} cannot be opened: give the file that cordboard export-day has written.`, {
      cause: error,
    });
  }
  return dayOf(file, createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY }));
};

/** @param file undefined: to the terminal, or wherever its output goes */
export const writeDay = async (day: Day, file: string | undefined): Promise<void> => {
  const text = Readable.from(lines(day));
  await pipeline(text, file === undefined ? process.stdout : createWriteStream(file), { end: file !== undefined });
};

function* lines(day: Day): Generator<string> {
  for (const line of linesOf(day)) yield `${line}\n`;
}
