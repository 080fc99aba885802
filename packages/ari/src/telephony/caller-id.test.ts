import { expect, test } from 'vitest';
import { callerIdOf } from './caller-id.ts';

test.each([
  ['Zoé', '+33612345678', '"Zoé" <+33612345678>'],
  ['', '', '"" <>'],
  ['a "b" <c>\\', '1"2<3>4\\ 5', '"a b c" <12345>'],
  ['x\r\nX-Evil: 1', '1\u0000', '"xX-Evil: 1" <1>'],
  ['" <666> "', '1> "<2', '"666" <12>'],
])('%j and %j are told to the phone as %s', (name, number, told) => {
  expect(callerIdOf(name, number)).toBe(told);
});
