import { expect, test } from 'vitest';
import { instant } from '../time.ts';
import { Lateness } from './lateness.ts';

const most = 200;

/** Calls, each so many ms after the last one, whose news are so late. @returns who of them is turned away */
const calls = (lateness: Lateness, fromMs: number, everyMs: number, late: readonly number[]): readonly boolean[] =>
  late.map((lateMs, index) => lateness.isTooLate(lateMs, most, instant(fromMs + index * everyMs)));

const times = (count: number, lateMs: number): readonly number[] => Array(count).fill(lateMs);

test('a bad moment turns nobody away, however bad: what has piled up is worked off', () => {
  const turned = calls(new Lateness(), 0, 1, [...times(50, 2000), ...times(5, 10), ...times(50, 2000)]);
  expect(turned).not.toContain(true);
});

test('news that come late for a while turn callers away, until they come in half the time', () => {
  const lateness = new Lateness();
  const turned = calls(lateness, 0, 10, times(60, 250));
  expect(turned.indexOf(true)).toBe(10);
  expect(turned.slice(10)).not.toContain(false);
  expect(calls(lateness, 700, 10, [150, 101, 99, 10, 150])).toEqual([true, true, false, false, true]);
});

test('when nobody has been turned away for five seconds, it takes as long again to begin', () => {
  const lateness = new Lateness();
  calls(lateness, 0, 10, times(11, 250));
  expect(calls(lateness, 5099, 1, [150])).toEqual([true]);
  expect(calls(lateness, 10_099, 10, [150, ...times(9, 1000)])).not.toContain(true);
});

test('two bad moments far apart are no lasting one', () => {
  expect(calls(new Lateness(), 0, 900, times(9, 5000))).not.toContain(true);
  expect(calls(new Lateness(), 0, 1100, times(20, 5000))).not.toContain(true);
});

test('who was found waiting says nothing of how late news come, and is turned away while others are', () => {
  const lateness = new Lateness();
  const found = (waitedMs: number, atMs: number): boolean => lateness.isAmongTooMany(waitedMs, most, instant(atMs));
  expect(Array.from({ length: 50 }, (_, index) => found(3000, index * 10))).not.toContain(true);
  calls(lateness, 1000, 10, times(11, 250));
  expect([found(3000, 1200), found(90, 1210), found(3000, 6190)]).toEqual([true, false, true]);
  expect(found(3000, 11_200)).toBe(false);
});
