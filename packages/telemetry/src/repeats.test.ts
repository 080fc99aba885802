import { expect, test } from 'vitest';
import { Repeats } from './repeats.ts';

/** How many of so many lines at one moment are written. */
const written = (repeats: Repeats, kind: string, lines: number, atMs: number): number =>
  Array.from({ length: lines }, () => repeats.take(kind, atMs)).filter(({ isWritten }) => isWritten).length;

test('five lines of a kind are written in a second, the others are told as a number, once', () => {
  const repeats = new Repeats();
  expect(written(repeats, 'command failed', 812, 0)).toBe(5);
  expect(repeats.leftOut('command failed', 900)).toBe(0);
  expect(repeats.leftOut('command failed', 1000)).toBe(807);
  expect(repeats.leftOut('command failed', 1000)).toBe(0);
  expect(written(repeats, 'command failed', 1, 1000)).toBe(1);
});

test('another kind has its own five, and five each second are written all', () => {
  const repeats = new Repeats();
  written(repeats, 'command failed', 100, 0);
  expect(written(repeats, 'store does not answer', 5, 10)).toBe(5);
  for (let second = 2; second < 10; second += 1) expect(written(repeats, 'command failed', 5, second * 1000)).toBe(5);
});

test('the first that is left out says when to ask; who has been held up is told with the next line', () => {
  const repeats = new Repeats();
  written(repeats, 'command failed', 5, 0);
  expect(repeats.take('command failed', 300)).toEqual({ isWritten: false, before: 0, askAfterMs: 700 });
  expect(repeats.take('command failed', 400)).toEqual({ isWritten: false, before: 0 });
  expect(repeats.take('command failed', 4000)).toEqual({ isWritten: true, before: 2 });
});

test('sentences that never come again are not kept in mind', () => {
  const repeats = new Repeats();
  for (let kind = 0; kind < 5000; kind += 1) repeats.take(`no answer from ${kind}`, kind * 10);
  written(repeats, 'command failed', 7, 60_000);
  expect(repeats.leftOut('command failed', 61_000)).toBe(2);
});
