import type { RecordingId } from '@cordboard/core';
import { expect, test } from 'vitest';
import { mediaOf, PromptNotPlayable } from './media.ts';

test('sounds are played by name or by address', () => {
  for (const sound of ['beep', 'cordboard/welcome', 'queue-thankyou', 'https://example.net/a%20b.wav?x=1'])
    expect(mediaOf({ sound }, 'en')).toEqual([`sound:${sound}`]);
});

test.each([
  '',
  '../etc/passwd',
  'a/../b',
  '/etc/passwd',
  'recording:x',
  'a,b',
  'a b',
  'file:///x',
  'http://x/a,b',
  'a\nb',
  '\u0000',
])('the name %j is not played', (sound) => {
  expect(() => mediaOf({ sound }, 'en')).toThrow(PromptNotPlayable);
});

test('a message is played by the name under which it was recorded, and by nothing else', () => {
  expect(mediaOf({ recording: 'c1750000000-12.r3' as RecordingId }, 'fr')).toEqual(['recording:c1750000000-12.r3']);
  for (const recording of ['../c1.r1', 'c1.r1,x', '', 'c1.a1'])
    expect(() => mediaOf({ recording: recording as RecordingId }, 'fr')).toThrow(PromptNotPlayable);
});

test('a name of 64 kB is refused in a short sentence', () => {
  expect(() => mediaOf({ sound: ` ${'x'.repeat(65_536)}` }, 'en')).toThrow(/^.{0,250}$/);
});

test('numbers are said in sounds, which stop when they are asked to', () => {
  expect(mediaOf({ number: 71 }, 'fr')).toEqual(['sound:digits/60', 'sound:digits/et', 'sound:digits/11']);
  expect(mediaOf({ number: 71 }, 'en')).toEqual(['sound:digits/70', 'sound:digits/1']);
});

test('numbers beyond all queues are left to Asterisk, and what is no whole number is not said', () => {
  expect(mediaOf({ number: 1_000_000 }, 'en')).toEqual(['number:1000000']);
  expect(mediaOf({ number: -3 }, 'en')).toEqual(['number:-3']);
  for (const number of [1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60])
    expect(() => mediaOf({ number }, 'en')).toThrow(PromptNotPlayable);
});

test('digits are said one by one, without what is between them', () => {
  expect(mediaOf({ digits: '0 1-*#x' }, 'en')).toEqual(
    ['0', '1', 'minus', 'star', 'pound'].map((digit) => `sound:digits/${digit}`),
  );
  expect(mediaOf({ digits: '' }, 'en')).toEqual([]);
});
