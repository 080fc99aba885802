import { expect, test } from 'vitest';
import { isBefore } from './offset.ts';

test('offsets are compared as numbers, not as text', () => {
  expect(isBefore('999-0', '1000-0')).toBe(true);
  expect(isBefore('1000-9', '1000-10')).toBe(true);
  expect(isBefore('1000-10', '1000-10')).toBe(false);
  expect(isBefore('1001-0', '1000-10')).toBe(false);
});
