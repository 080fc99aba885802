import { expect, test } from 'vitest';
import { isPointer, pointedAt } from './pointer.ts';

const document = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'm~n': 8, order: { status: 'sent' } };

// The examples of RFC 6901, section 5.
test.each([
  ['', document],
  ['/foo', ['bar', 'baz']],
  ['/foo/0', 'bar'],
  ['/', 0],
  ['/a~1b', 1],
  ['/m~0n', 8],
  ['/order/status', 'sent'],
  ['/order/nothing', undefined],
  ['/foo/2', undefined],
  ['/order/status/length', undefined],
  ['/__proto__', undefined],
])('%s', (pointer, value) => {
  expect(isPointer(pointer)).toBe(true);
  expect(pointedAt(document, pointer)).toEqual(value);
});

test.each(['order', '/a~2', 'a/b'])('%s is no pointer', (text) => {
  expect(isPointer(text)).toBe(false);
});
