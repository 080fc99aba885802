import { expect, test } from 'vitest';
import { leastSlope, quantile, ratioOf, summary } from './statistics.ts';

const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

test('a quantile is a value that was measured', () => {
  expect(quantile(hundred, 0.5)).toBe(50);
  expect(quantile(hundred, 0.99)).toBe(99);
  expect(quantile(hundred, 1)).toBe(100);
  expect(quantile([7], 0.01)).toBe(7);
});

test('nothing measured is no number', () => {
  expect(summary([])).toMatchObject({ count: 0, median: Number.NaN });
});

test('a ratio is taken pair by pair', () => {
  const pairs = [
    [[1], [10]],
    [[3], [10]],
    [[2], [10]],
  ] as const;
  expect(ratioOf(pairs)).toEqual({ median: 0.2, least: 0.1, most: 0.3 });
});

test('memory that is given back again and again has not grown', () => {
  const saw = (growth: number) => Array.from({ length: 240 }, (_, x) => [x, 100 + (x % 10) + growth * x] as const);
  expect(leastSlope(saw(0))).toBeCloseTo(0);
  expect(leastSlope(saw(0.5))).toBeCloseTo(0.5);
});
