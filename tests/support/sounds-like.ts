import { readFile } from 'node:fs/promises';
import type { Recording } from '@cordboard/sip-lab';

/** How finely loudness is followed. */
const stepMs = 20;
/** A phone may miss the first moments, before its own sound is up, and the last, when it is hung up. */
const marginMs = 300;

/**
 * How alike two recordings are in the course of their loudness, wherever in the first the second begins.
 * @returns 1 for the same words by the same voice, near 0 for other words
 */
const likeness = (heard: Recording, spoken: Recording): number => {
  const margin = Array.from({ length: marginMs / stepMs }, () => 0);
  const [long, short] = [[...margin, ...loudness(heard), ...margin], loudness(spoken)];
  let best = 0;
  for (let start = 0; start + short.length <= long.length; start += 1)
    best = Math.max(best, correlation(long.slice(start, start + short.length), short));
  return best;
};

/**
 * How much more a recording is like one text than like another. What is alike within one recording suffers equally for
 * both where a busy machine has played some moments late.
 */
export const ratherLike = (heard: Recording, spoken: Recording, other: Recording): number =>
  likeness(heard, spoken) - likeness(heard, other);

/** Which of several pieces, by name, a recording is a part of. */
export const pieceHeard = (heard: Recording, pieces: Readonly<Record<string, Recording>>): string | undefined => {
  const ranked = Object.entries(pieces).map(([name, piece]) => ({ name, alike: likeness(piece, heard) }));
  return ranked.toSorted((a, b) => b.alike - a.alike)[0]?.name;
};

/** A file of bare samples as Asterisk names them, `.sln16`: 16 bits, 16 000 a second. */
export const readSln16 = async (path: string): Promise<Recording> => {
  const bytes = await readFile(path);
  const samples = new Float32Array(bytes.length / 2);
  for (let index = 0; index < samples.length; index += 1) samples[index] = bytes.readInt16LE(2 * index) / 0x8000;
  return { samples, rate: 16_000 };
};

const loudness = ({ samples, rate }: Recording): readonly number[] => {
  const size = Math.round((rate * stepMs) / 1000);
  return Array.from({ length: Math.floor(samples.length / size) }, (_, index) => {
    let sum = 0;
    for (const sample of samples.subarray(index * size, (index + 1) * size)) sum += sample * sample;
    return Math.sqrt(sum / size);
  });
};

/** Pearson's. */
const correlation = (a: readonly number[], b: readonly number[]): number => {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, squareA, squareB] = [0, 0, 0];
  for (const [index, value] of a.entries()) {
    const [x, y] = [value - meanA, (b[index] ?? 0) - meanB];
    both += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  return squareA === 0 || squareB === 0 ? 0 : both / Math.sqrt(squareA * squareB);
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
