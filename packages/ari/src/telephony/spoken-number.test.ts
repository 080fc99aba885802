import fc from 'fast-check';
import { expect, test } from 'vitest';
import { largestSpoken, spokenNumber } from './spoken-number.ts';

const words = (number: number, language: 'en' | 'fr'): string =>
  spokenNumber(number, language)
    .map((sound) => sound.replace('digits/', ''))
    .join(' ');

test.each([
  [0, '0', '0'],
  [1, '1', '1'],
  [16, '16', '16'],
  [20, '20', '20'],
  [21, '20 1', '20 et 1'],
  [42, '40 2', '40 2'],
  [60, '60', '60'],
  [61, '60 1', '60 et 1'],
  [70, '70', '60 10'],
  [71, '70 1', '60 et 11'],
  [79, '70 9', '60 19'],
  [80, '80', '80'],
  [81, '80 1', '80 1'],
  [91, '90 1', '80 11'],
  [99, '90 9', '80 19'],
  [100, '1 hundred', 'hundred'],
  [101, '1 hundred 1', 'hundred 1'],
  [271, '2 hundred 70 1', '2 hundred 60 et 11'],
  [1000, '1 thousand', 'thousand'],
  [2021, '2 thousand 20 1', '2 thousand 20 et 1'],
  [80_000, '80 thousand', '80 thousand'],
  [999_999, '9 hundred 90 9 thousand 9 hundred 90 9', '9 hundred 80 19 thousand 9 hundred 80 19'],
])('%i is said "%s" in English and "%s" in French', (number, english, french) => {
  expect(words(number, 'en')).toBe(english);
  expect(words(number, 'fr')).toBe(french);
});

test('every number is said in words that Asterisk’s stock sounds have', () => {
  const stock = new Set([
    ...Array.from({ length: 21 }, (_, n) => `${n}`),
    '30',
    '40',
    '50',
    '60',
    '70',
    '80',
    '90',
    'hundred',
    'thousand',
    'et',
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: largestSpoken }), fc.constantFrom('en', 'fr'), (number, language) => {
      const said = words(number, language).split(' ');
      expect(said.every((word) => stock.has(word))).toBe(true);
    }),
  );
});
