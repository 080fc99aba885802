import { expect, test } from 'vitest';
import { sipTraceReader } from './sip-trace.ts';

const printed = [
  'baresip is ready.\n',
  '\u001b[36;1m#\nUDP 127.0.0.1:5060 -> 127.0.0.1:5062\nINVITE sip:1001@127.0.0.1 SIP/2.0\r\n',
  'From: "Zoé" <sip:1@h>\r\nCall-ID: a\r\n\r\nv=0\r\n\u001b[;m\n',
  'call: something else\n\u001b[31mred\u001b[;m\n',
  '\u001b[36;1m#\nUDP 127.0.0.1:5062 -> 127.0.0.1:5060\nSIP/2.0 180 Ringing\r\nCall-ID: a\r\n\r\n\u001b[;m\n',
].join('');

test.each([1, 3, 1000])('messages are found among other output, read %i bytes at a time', (size) => {
  const read = sipTraceReader();
  const bytes = Buffer.from(printed);
  const seen = [];
  for (let at = 0; at < bytes.length; at += size) seen.push(...read(bytes.subarray(at, at + size)));
  expect(seen).toMatchObject([
    { source: '127.0.0.1:5060', message: { method: 'INVITE', body: 'v=0\r\n' } },
    { destination: '127.0.0.1:5060', message: { status: 180 } },
  ]);
  expect(seen[0]?.message.headers[0]).toEqual(['From', '"Zoé" <sip:1@h>']);
});
