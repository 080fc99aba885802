import { expect, test } from 'vitest';
import { render } from './operation.ts';
import { operations } from './operations.ts';

test('names in a path are escaped, whatever they hold', () => {
  expect(render(operations['channels.get'], { channelId: '../a b/%2e?c=d#é' }).path).toBe(
    'channels/..%2Fa%20b%2F%252e%3Fc%3Dd%23%C3%A9',
  );
});

test('GET and DELETE carry their parameters in the query, and no body', () => {
  const request = render(operations['channels.hangup'], { channelId: 'c1.a1', reason_code: '26' });
  expect(request).toEqual({
    method: 'DELETE',
    path: 'channels/c1.a1',
    query: [['reason_code', '26']],
    body: undefined,
  });
});

test('POST and PUT carry theirs as JSON: a long value in a query is lost', () => {
  const media = ['sound:a', 'sound:b'];
  const request = render(operations['channels.play'], { channelId: 'c', playbackId: 'p', media, lang: 'fr' });
  expect(request).toMatchObject({ method: 'POST', path: 'channels/c/play', query: [] });
  expect(JSON.parse(request.body ?? '')).toEqual({ playbackId: 'p', media, lang: 'fr' });
});

test('what is the whole body is the whole body', () => {
  const filter = { allowed: [{ type: 'StasisStart' }] };
  const request = render(operations['applications.filter'], { applicationName: 'a', filter });
  expect(request).toMatchObject({ path: 'applications/a/eventFilter', body: JSON.stringify(filter) });
});

test('a request without parameters has no body, and what is undefined is left out', () => {
  expect(render(operations['channels.answer'], { channelId: 'c' }).body).toBeUndefined();
  expect(render({ method: 'POST', path: 'x' }, { a: undefined, b: 1 }).body).toBe('{"b":1}');
  expect(render({ method: 'GET', path: 'x' }, { a: undefined }).query).toEqual([]);
});

test('each operation’s path names only what it is given', () => {
  for (const { path } of Object.values(operations)) expect(path).toMatch(/^[a-z]+(\/([A-Za-z_]+|\{\w+\}))*$/);
});
