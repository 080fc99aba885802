import { crc32 } from 'node:zlib';
import type { JournalEntry } from '@cordboard/application';

/** One line of the file: a checksum, and the entry. JSON has no line ends of its own. */
export const lineOf = (entry: JournalEntry): string => {
  const text = JSON.stringify(entry);
  return `${sumOf(text)} ${text}\n`;
};

/** @param line without its end. @returns undefined when it is not what was written: torn in the middle, or spoilt. */
export const entryOf = (line: string): JournalEntry | undefined => {
  const text = line.slice(sumLength + 1);
  return line.slice(0, sumLength) === sumOf(text) && line[sumLength] === ' '
    ? (JSON.parse(text) as JournalEntry)
    : undefined;
};

const sumLength = 8;
const sumOf = (text: string): string => crc32(text).toString(16).padStart(sumLength, '0');
