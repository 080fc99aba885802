import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numbering } from './numbering.ts';

test('every spelling of a number is the same number', () => {
  for (const dialled of [
    '0140205050',
    '01 40 20 50 50',
    '01.40.20.50.50',
    '+33140205050',
    '0033140205050',
    '+33 (0)140205050',
  ])
    expect(numbering.read(dialled, 'FR')).toEqual({ number: '+33140205050', country: 'FR', line: 'fixed' });
});

test('a number’s kind is known, and the country whose it is', () => {
  expect(numbering.read('0612345678', 'FR')).toMatchObject({ line: 'mobile', country: 'FR' });
  expect(numbering.read('0899701234', 'FR')).toMatchObject({ line: 'premium' });
  expect(numbering.read('+447400123456', 'FR')).toMatchObject({ line: 'mobile', country: 'GB' });
  expect(numbering.read('020 7946 0958', 'GB')).toMatchObject({ number: '+442079460958' });
  // A range for films, which nobody has been given.
  expect(numbering.read('0639981234', 'FR')).toMatchObject({ number: '+33639981234', line: 'unknown' });
});

test('what is no number is none, whatever a page or a phone sends', () => {
  for (const dialled of [
    '',
    '1234',
    '101',
    'sip:0140205050@evil',
    '0140205050@evil',
    '0140205050;ext=1',
    '0140205050&PJSIP/1',
    '0'.repeat(40),
  ])
    expect(numbering.read(dialled, 'FR')).toBeUndefined();
  expect(numbering.read('0140205050', 'XX')).toBeUndefined();
});

test('what is read is a plus and digits, and nothing else', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[+0-9 ().-]{4,20}$/)), (dialled) => {
      const read = numbering.read(dialled, 'FR');
      if (read !== undefined) expect(read.number).toMatch(/^\+[1-9]\d{5,16}$/);
    }),
    { numRuns: 1000 },
  );
});
