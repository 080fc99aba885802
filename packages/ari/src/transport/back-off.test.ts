import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backOffMs } from './back-off.ts';

test('the first try comes soon, the next ones later, and none later than 2 s', () => {
  expect([1, 2, 3, 4, 5, 6, 1000].map((failures) => backOffMs(failures, 0))).toEqual([
    100, 200, 400, 800, 1600, 2000, 2000,
  ]);
});

test('it never grows beyond its bounds, however often and whatever chance says', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (failures, chance) => {
        const wait = backOffMs(failures, chance);
        expect(wait).toBeGreaterThanOrEqual(100);
        expect(wait).toBeLessThanOrEqual(2000);
      },
    ),
  );
});
