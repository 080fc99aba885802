import fc from 'fast-check';
import { expect, test } from 'vitest';
import { header, parseAddress, parseSipMessage } from './message.ts';

const invite = [
  'INVITE sip:1001@127.0.0.1:5062 SIP/2.0',
  'Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK1',
  'f: "Ana \\"the voice\\" Ng" <sip:%2B33123@127.0.0.1>;tag=abc',
  'To: <sip:1001@127.0.0.1>',
  'i: call-1',
  'Subject: a long',
  '  story',
  'CSeq: 1 INVITE',
  '',
  'v=0',
  '',
].join('\r\n');

test('a request is read with its headers, short, long and folded, and its body', () => {
  const message = parseSipMessage(invite);
  expect(message).toMatchObject({ method: 'INVITE', body: 'v=0\r\n' });
  expect(message && header(message, 'Call-ID')).toBe('call-1');
  expect(message && header(message, 'subject')).toBe('a long story');
  expect(message && header(message, 'x-none')).toBeUndefined();
});

test('an answer has a status, and text that is no SIP is none', () => {
  expect(parseSipMessage('SIP/2.0 180 Ringing\r\nCall-ID: x\r\n\r\n')).toMatchObject({ status: 180, body: '' });
  expect(parseSipMessage('hello')).toBeUndefined();
});

test('parties are read as they name themselves', () => {
  expect(parseAddress('"Ana \\"the voice\\" Ng" <sip:%2B33123@h>;tag=abc')).toEqual({
    name: 'Ana "the voice" Ng',
    user: '+33123',
    uri: 'sip:%2B33123@h',
    tag: 'abc',
  });
  expect(parseAddress('sip:1001@h;tag=9')).toEqual({ name: '', user: '1001', uri: 'sip:1001@h', tag: '9' });
  expect(parseAddress('Bob <sip:bob@h>')).toMatchObject({ name: 'Bob', user: 'bob' });
  expect(parseAddress('<sip:%zz@h>')).toMatchObject({ user: '%zz' });
});

test('nothing that can arrive breaks the reading', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      parseSipMessage(text);
      parseAddress(text);
      parseSipMessage(`INVITE sip:a SIP/2.0\r\n${text}`);
    }),
  );
});
