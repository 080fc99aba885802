import { expect, test } from 'vitest';
import { pagesUrl } from './wait-for-api.ts';

test.each([
  ['127.0.0.1', 'http://127.0.0.1:8080'],
  ['0.0.0.0', 'http://127.0.0.1:8080'],
  ['192.0.2.1', 'http://192.0.2.1:8080'],
  ['::', 'http://[::1]:8080'],
  ['2001:db8::1', 'http://[2001:db8::1]:8080'],
])('pages served on %s are visited at %s', (host, url) => {
  expect(pagesUrl(host, 8080)).toBe(url);
});
