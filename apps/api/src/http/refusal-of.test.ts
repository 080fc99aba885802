import { DatabaseRefusal, DatabaseUnavailable } from '@cordboard/database';
import { RedisUnavailable } from '@cordboard/redis';
import { expect, test } from 'vitest';
import { Refusal } from './refusal.ts';
import { refusalOf } from './refusal-of.ts';

const bodyError = (type: string, status: number): Error =>
  Object.assign(new Error('from body-parser'), { type, status });

test.each([
  ['a refusal', new Refusal('forbidden', 'This is for administrators.'), 403, 'forbidden'],
  ['a database that is away', new DatabaseUnavailable('away'), 503, 'database-unavailable'],
  ['a Redis that is away', new RedisUnavailable('away'), 503, 'redis-unavailable'],
  ['a name that is taken', new DatabaseRefusal('already-there', 'users_username_key', {}), 409, 'already-there'],
  ['a row that is gone', new DatabaseRefusal('not-found', undefined, {}), 404, 'not-found'],
  ['broken JSON', bodyError('entity.parse.failed', 400), 400, 'invalid-json'],
  ['too much', bodyError('entity.too.large', 413), 413, 'too-large'],
  ['an unknown encoding', bodyError('encoding.unsupported', 415), 415, 'unsupported-media-type'],
  ['an address that cannot be decoded', Object.assign(new URIError('%'), { status: 400 }), 400, 'invalid-request'],
  ['a surprise', new TypeError('secret inside'), 500, 'internal-error'],
  ['something that is no error', 'thrown text', 500, 'internal-error'],
])('%s becomes a problem with a stable code', (_, error, status, code) => {
  expect(refusalOf(error).problem).toMatchObject({ status, code, type: `urn:cordboard:problem:${code}` });
});

test('what is inside a surprise stays inside', () => {
  expect(JSON.stringify(refusalOf(new TypeError('secret inside')).problem)).not.toContain('secret');
});

test('a server that is away says when to come back', () => {
  expect(refusalOf(new DatabaseUnavailable('away')).headers).toEqual({ 'retry-after': '2' });
});
