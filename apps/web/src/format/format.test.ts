import { expect, test } from 'vitest';
import { clockDuration, countdown, machineDuration } from './duration.ts';
import { percent, phoneNumber } from './number.ts';

test.each([
  [0, '0:00'],
  [48_999, '0:48'],
  [161_000, '2:41'],
  [3_723_000, '1:02:03'],
  [-5, '0:00'],
])('%d ms read %s', (ms, shown) => {
  expect(clockDuration(ms)).toBe(shown);
});

test('a countdown says a second until it is over', () => {
  expect(countdown(9_001)).toBe('0:10');
  expect(countdown(1)).toBe('0:01');
  expect(countdown(0)).toBe('0:00');
});

test('machines read durations too', () => {
  expect(machineDuration(161_900)).toBe('PT161S');
});

test('a share is never rounded up to a goal that is not met', () => {
  expect(percent(0.7999, 'en')).toBe('79%');
  expect(percent(0.29, 'en')).toBe('29%');
  expect(percent(1, 'fr')).toMatch(/^100\s%$/);
});

test('numbers are written as their people write them', () => {
  expect(phoneNumber('+33612345678')).toBe('+33 6 12 34 56 78'.replaceAll(' ', '\u00a0'));
  expect(phoneNumber('+3222345678').split('\u00a0')).toEqual(['+32', '22', '34', '56', '78']);
  expect(phoneNumber('101')).toBe('101');
  expect(phoneNumber('anonymous')).toBe('anonymous');
});
