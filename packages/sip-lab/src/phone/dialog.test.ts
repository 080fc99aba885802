import { expect, test } from 'vitest';
import { parseSipMessage, type SipMessage } from '../sip/message.ts';
import { findDialog, replacing } from './dialog.ts';

const message = (...lines: string[]): SipMessage => {
  const parsed = parseSipMessage([...lines, '', ''].join('\r\n'));
  if (parsed === undefined) throw new TypeError('no SIP');
  return parsed;
};
const from = 'From: "Ana" <sip:1001@h>;tag=f1';
const messages = [
  message('SIP/2.0 180 Ringing', 'Call-ID: c1', from, 'To: <sip:1002@h>;tag=early', 'CSeq: 1 INVITE'),
  message('SIP/2.0 200 OK', 'Call-ID: other', from, 'To: <sip:1002@h>;tag=t0', 'CSeq: 1 INVITE'),
  message('SIP/2.0 200 OK', 'Call-ID: c1', from, 'To: <sip:1002@h>;tag=t1', 'CSeq: 1 INVITE'),
];

test('a dialog is named from the side of the user agent', () => {
  expect(findDialog(messages, 'c1', 'outgoing')).toEqual({ callId: 'c1', localTag: 'f1', remoteTag: 't1' });
  expect(findDialog(messages, 'c1', 'incoming')).toEqual({ callId: 'c1', localTag: 't1', remoteTag: 'f1' });
  expect(findDialog(messages, 'c2', 'outgoing')).toBeUndefined();
  expect(findDialog(messages.slice(0, 1), 'c1', 'outgoing')).toBeUndefined();
});

test('to replace a dialog, the tags are given from the side of the one who is asked (RFC 3891)', () => {
  expect(replacing('sip:x@h', { callId: 'c1', localTag: 'mine', remoteTag: 'yours' })).toBe(
    'sip:x@h?Replaces=c1%3Bto-tag%3Dyours%3Bfrom-tag%3Dmine',
  );
});
