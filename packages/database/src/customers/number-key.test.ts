import { expect, test } from 'vitest';
import { numberKey } from './number-key.ts';

test.each([
  ['+33 1 70 00 00 10', '+33170000010'],
  ['0033170000010', '+33170000010'],
  ['33170000010', '+33170000010'],
  ['01 70 00 00 10', '+33170000010'],
  ['06.39.98.12.34', '+33639981234'],
  ['+44 20 7946 0010', '+442079460010'],
  ['442079460010', '+442079460010'],
  ['06\u202f39\u202f98\u202f12\u202f34', '+33639981234'],
  ['\u202a+33 6 39 98 12 34\u202c', '+33639981234'],
])('%s is known as %s', (written, key) => {
  expect(numberKey(written)).toBe(key);
});

test('an extension keeps its digits', () => {
  expect(numberKey('101')).toBe('101');
});

test.each(['', 'anonymous', 'Restricted <>', '   '])('"%s" is nobody’s number', (written) => {
  expect(numberKey(written)).toBe('');
});

test('a long string of nonsense does not become a number', () => {
  expect(numberKey(`\u0000${'9'.repeat(5000)}`)).toMatch(/^9{64}$/);
});
