import { expect, test } from 'vitest';
import { accountLine, baresipConfig, escapeUser, NotSayable } from './config.ts';

const account = { user: '1001', host: '127.0.0.1', port: 5060, codecs: ['pcmu', 'opus'] } as const;

test('a phone registers with its password and answers when told', () => {
  expect(accountLine({ ...account, displayName: 'Zoé', password: 'x-1' })).toBe(
    '"Zoé" <sip:1001@127.0.0.1:5060>;auth_pass=x-1;regint=120;answermode=manual;dtmfmode=rtpevent;mwi=no;audio_codecs=PCMU/8000/1,opus/48000/2',
  );
});

test('a caller does not register, and may answer by itself', () => {
  expect(accountLine({ ...account, answerAfterMs: 300 })).toContain('regint=0;answermode=auto;answerdelay=300');
});

test('an odd number is escaped; what cannot be said is refused', () => {
  expect(escapeUser('+33 1;é@#')).toBe('+33%201%3B%C3%A9%40%23');
  for (const displayName of ['a"b', 'a<b', 'a\r\nb', 'a\\'])
    expect(() => accountLine({ ...account, displayName })).toThrow(NotSayable);
  expect(() => accountLine({ ...account, password: 'a;b' })).toThrow(NotSayable);
  expect(() => accountLine({ ...account, user: '' })).toThrow(NotSayable);
});

test('only the modules of the codecs asked for are loaded', () => {
  const settings = { host: '127.0.0.1', sipPort: 1, controlPort: 2, tone: 880, maxCalls: 4 };
  const config = baresipConfig({ ...settings, codecs: ['pcmu', 'pcma', 'g722'] });
  expect(config.match(/^module (?:g711|g722|opus)\.so$/gm)).toEqual(['module g711.so', 'module g722.so']);
  expect(config).toContain('audio_source ausine,880');
});
