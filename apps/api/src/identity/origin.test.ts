import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { isOurOrigin } from './origin.ts';

const from = (headers: IncomingMessage['headers'], remoteAddress = '192.0.2.7') =>
  isOurOrigin({ headers, socket: { remoteAddress } as IncomingMessage['socket'] });
const host = 'board.example:8080';

test.each([
  ['our own page', { host, origin: 'http://board.example:8080' }, true],
  ['our own page, in other letters', { host, origin: 'http://BOARD.example:8080' }, true],
  ['a program without an origin', { host }, true],
  ['another site', { host, origin: 'https://evil.example' }, false],
  ['another port', { host, origin: 'http://board.example:9090' }, false],
  ['a sandboxed frame', { host, origin: 'null' }, false],
  ['another site that hides its origin', { host, 'sec-fetch-site': 'cross-site' }, false],
  ['a sister site', { host, 'sec-fetch-site': 'same-site' }, false],
  ['our own page, as the browser says', { host, 'sec-fetch-site': 'same-origin' }, true],
  [
    'a host in a header that anyone can write',
    { host, origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
    false,
  ],
])('%s', (_, headers, ours) => {
  expect(from(headers)).toBe(ours);
});

test('a proxy on this machine is believed when it says which host was asked for', () => {
  const headers = { host: '127.0.0.1:8080', origin: 'https://board.example', 'x-forwarded-host': 'board.example' };
  expect(from(headers, '127.0.0.1')).toBe(true);
  expect(from(headers, '::ffff:127.0.0.1')).toBe(true);
  expect(from(headers, '10.0.0.1')).toBe(false);
});
