import { type CallId, instant, type RecordingId } from '@cordboard/core';
import type { Voicemail } from '@cordboard/database';
import { expect, test } from 'vitest';
import { messageMail } from './message-mail.ts';

const message: Voicemail = {
  id: 'c1.r2' as RecordingId,
  box: '101',
  call: 'c1' as CallId,
  caller: '+33612345678',
  callerName: 'Zoë',
  language: 'en',
  leftAt: instant(Date.UTC(2026, 2, 1, 12, 30)),
  durationMs: 65_400,
  heard: false,
};
const to = { to: 'ana@example.com', timeZone: 'Europe/Paris' } as const;

test('says who called, when by the clock of the house, and for how long, in the reader’s language', () => {
  const english = messageMail(message, new Uint8Array(), { ...to, language: 'en' });
  expect(english.subject).toBe('Message from Zoë (+33612345678) (1:05)');
  expect(english.text).toMatch(/Sunday,? 1 March 2026.+13:30/);
  const french = messageMail(message, new Uint8Array(), { ...to, language: 'fr' });
  expect(french.subject).toBe('Message de Zoë (+33612345678) (1:05)');
  expect(french.text).toMatch(/dimanche 1 mars 2026.+13:30/);
});

test('a caller who hides their number is somebody all the same', () => {
  const mail = messageMail({ ...message, caller: '', callerName: '' }, new Uint8Array(), { ...to, language: 'fr' });
  expect(mail.subject).toBe("Message d'un numéro masqué (1:05)");
});
