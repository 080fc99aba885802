import fc from 'fast-check';
import { expect, test } from 'vitest';
import { restRequest, restResponse } from './rest-message.ts';

test('a request is written as ARI takes it', () => {
  const query = [['reason_code', '26']] as const;
  expect(JSON.parse(restRequest('7', { method: 'DELETE', path: 'channels/c', query, body: undefined }))).toEqual({
    type: 'RESTRequest',
    transaction_id: '7',
    request_id: '7',
    method: 'DELETE',
    uri: 'channels/c',
    query_strings: [{ name: 'reason_code', value: '26' }],
  });
  const body = '{"a":"é"}';
  expect(JSON.parse(restRequest('8', { method: 'POST', path: 'channels', query: [], body }))).toMatchObject({
    content_type: 'application/json',
    message_body: body,
  });
});

test('an answer is told from events, and from what only looks like one', () => {
  const answer = { type: 'RESTResponse', request_id: '7', status_code: 204, reason_phrase: 'No Content' };
  expect(restResponse(answer)).toEqual({ id: '7', reply: { status: 204, reason: 'No Content', body: '' } });
  for (const other of [{ type: 'StasisStart' }, { ...answer, request_id: 7 }, { ...answer, status_code: '204' }, null])
    expect(restResponse(other)).toBeUndefined();
});

test('nothing that Asterisk could say makes it fall', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (message) => {
      restResponse(message);
    }),
  );
});
