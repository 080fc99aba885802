import { expect, test } from 'vitest';
import { hasRestOverWebSocket, isAsWanted, isTooOld, parseAsteriskVersion } from './asterisk-version.ts';

const version = (text: string) => {
  const parsed = parseAsteriskVersion(text);
  if (parsed === undefined) throw new Error(`no version: ${text}`);
  return parsed;
};

test('reads what Asterisk says of itself', () => {
  expect(version('22.10.1+dfsg+~cs6.17.60671434-1')).toEqual({ major: 22, minor: 10, patch: 1 });
  expect(version('certified/20.7-cert2')).toEqual({ major: 20, minor: 7, patch: 0 });
  expect(parseAsteriskVersion('GIT-master-a1b2c3d')).toBeUndefined();
});

test.each([
  ['16.30.0', { tooOld: true, asWanted: false, webSocket: false }],
  ['18.26.0', { tooOld: false, asWanted: false, webSocket: false }],
  ['20.13.9', { tooOld: false, asWanted: false, webSocket: false }],
  ['20.14.0', { tooOld: false, asWanted: false, webSocket: true }],
  ['22.3.0', { tooOld: false, asWanted: false, webSocket: false }],
  ['22.10.0', { tooOld: false, asWanted: false, webSocket: true }],
  ['22.10.1', { tooOld: false, asWanted: true, webSocket: true }],
  ['22.11.0', { tooOld: false, asWanted: true, webSocket: true }],
  ['23.0.0', { tooOld: false, asWanted: true, webSocket: true }],
])('knows what Asterisk %s is good for', (text, { tooOld, asWanted, webSocket }) => {
  expect(isTooOld(version(text))).toBe(tooOld);
  expect(isAsWanted(version(text))).toBe(asWanted);
  expect(hasRestOverWebSocket(version(text))).toBe(webSocket);
});
