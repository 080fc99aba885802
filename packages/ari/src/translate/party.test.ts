import { expect, test } from 'vitest';
import { cleanName, cleanNumber } from './party.ts';

test.each([
  ['Zoé 李 😀', 'Zoé 李 😀'],
  ['  spaces around  ', 'spaces around'],
  ['a\u0000b\u001b[31mc\u007f\u0085', 'ab[31mc'],
  ['line\r\none\u2028two\u2029', 'lineonetwo'],
  ['half\ud800 \udc00half', 'half half'],
  ['\u202eevil\u202c \u2066x\u2069\u200f', 'evil x'],
  ['lost \ufffd byte', 'lost  byte'],
  ['אבג', 'אבג'],
  ['👩‍💻', '👩‍💻'],
  [String.raw`O\"Brien \\ Sons`, String.raw`O"Brien \ Sons`],
  ['', ''],
])('the name %j is shown as %j', (said, shown) => {
  expect(cleanName(said)).toBe(shown);
});

test('a name ends after 128 characters, and never in the middle of one', () => {
  expect(cleanName('😀'.repeat(20_000))).toBe('😀'.repeat(128));
});

test('a number ends after 64 characters', () => {
  expect(cleanNumber('+33612345678')).toBe('+33612345678');
  expect(cleanNumber('anonymous\n')).toBe('anonymous');
  expect(cleanNumber('9'.repeat(65_536))).toBe('9'.repeat(64));
});
