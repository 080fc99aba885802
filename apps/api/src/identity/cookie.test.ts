import { expect, test } from 'vitest';
import { sessionToken } from './cookie.ts';

test.each([
  ['cordboard.sid=abc_-9', 'abc_-9'],
  ['theme=dark; cordboard.sid=abc; other=1', 'abc'],
  ['cordboard.sid=', undefined],
  ['cordboard.sid=a b', undefined],
  [`cordboard.sid=${'a'.repeat(500)}`, undefined],
  ['notcordboard.sid=abc', undefined],
  [';;=;', undefined],
  [undefined, undefined],
])('%s holds the token %s', (cookie, token) => {
  expect(sessionToken({ headers: cookie === undefined ? {} : { cookie } })).toBe(token);
});
