import { instant } from '@cordboard/core';
import { expect, test } from 'vitest';
import { NewsClock } from './news-clock.ts';

/** News each second, that take so long, by clocks that differ by so much. */
const news = (clock: NewsClock, from: number, took: readonly number[], differMs = 0): readonly number[] =>
  took.map((ms, index) =>
    clock.lateMs(instant(1_000_000 + (from + index) * 1000 + differMs), 1_000_000 + (from + index) * 1000 + ms),
  );

test('news are late by how much longer they take than the quickest did', () => {
  expect(news(new NewsClock(), 0, [3, 4, 253, 3])).toEqual([0, 1, 250, 0]);
});

test('where Asterisk has another clock, that is no lateness', () => {
  expect(news(new NewsClock(), 0, [3, 400, 3], -90_000)).toEqual([0, 397, 0]);
  expect(news(new NewsClock(), 0, [3, 400, 3], 90_000)).toEqual([0, 397, 0]);
});

test('a clock that is set back by an hour is felt for ten seconds, one that is set on not at all', () => {
  const clock = new NewsClock();
  news(clock, 0, [3, 3, 3]);
  const felt = news(clock, 3, Array(20).fill(3), -3_600_000).findIndex((ms) => ms < 10);
  expect(felt).toBeGreaterThan(0);
  expect(felt).toBeLessThanOrEqual(12);
  expect(news(clock, 30, [3, 203], 3_600_000)).toEqual([0, 200]);
});

test('a house that cannot keep up for long is not taken for a clock that was set', () => {
  const clock = new NewsClock();
  news(clock, 0, [3]);
  expect(news(clock, 1, Array(60).fill(203)).at(-1)).toBe(200);
});
