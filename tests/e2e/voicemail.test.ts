import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Voicemail, VoicemailPages } from '@cordboard/contracts';
import type { Extension } from '@cordboard/core';
import { durationMs, type Phone, type PhoneCall, parseWav, toneBegins, tonePresence } from '@cordboard/sip-lab';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Person } from '../support/api.ts';
import { describeSound } from '../support/describe-sound.ts';
import { flowHousePolicy, node } from '../support/flow-house-policy.ts';
import { type House, openHouse } from '../support/house.ts';
import { callIn } from '../support/line-up.ts';
import { attachmentOf, openSmtpSink, type SmtpSink } from '../support/smtp-sink.ts';
import { until } from '../support/until.ts';

const ana = '+33170000101';
const line = '+33170000100';
const policy = flowHousePolicy({
  ana: {
    number: ana,
    start: 'ring',
    nodes: {
      ring: { kind: 'ring', extension: '101' as Extension, forMs: 2000, noAnswer: node('message') },
      message: {
        kind: 'voicemail',
        box: '101',
        sounds: ['cordboard/leave-message'],
        maxMs: 60_000,
        silenceMs: 5000,
        next: node('end'),
      },
    },
  },
  line: {
    number: line,
    start: 'message',
    nodes: {
      message: { kind: 'voicemail', box: 'support', sounds: [], maxMs: 60_000, silenceMs: 5000, next: node('end') },
    },
  },
});

let house: House;
let sink: SmtpSink;
beforeAll(async () => {
  sink = await openSmtpSink();
  house = await openHouse({ policy, environment: { SMTP_URL: sink.url, SMTP_FROM: 'calls@example.com' } });
});
afterEach(() => house.clear());
afterAll(async () => {
  await house.close();
  await sink.close();
});

const messagesOf = async (person: Person): Promise<readonly Voicemail[]> =>
  (await person.ask<z.infer<typeof VoicemailPages>>('GET', '/api/voicemails')).items;

/** As long as it has to be able to be, where that is what is asked; elsewhere long enough to be heard. */
const longToneMs = 5000;
const toneMs = 2500;
/** A beep of its own precedes what is recorded. */
const beepMs = 500;

/** Somebody calls, meets the box, speaks for a while and hangs up. */
const speakTo = async (number: string, forMs = toneMs): Promise<string> => {
  const { call, dialled } = await callIn(house, number);
  await until('the message is recorded', () => house.truth.isRecording(call), { withinMs: 20_000 });
  await house.talk(beepMs + forMs);
  await dialled.hangUp();
  return call;
};

/** Resolves when the message is listed. */
const leaveMessage = async (number: string, listener: Person, forMs = toneMs): Promise<Voicemail> =>
  isListed(await speakTo(number, forMs), listener);

const isListed = (from: string, listener: Person, withinMs = 15_000): Promise<Voicemail> =>
  until('the message is listed', async () => (await messagesOf(listener)).find(({ call }) => call === from), {
    withinMs,
  });

const soundOf = async (person: Person, id: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${house.url}/api/voicemails/${id}/audio`, { headers: { cookie: person.cookie, ...headers } });

describe('[S2] a phone that is not answered', () => {
  test('leads to its owner’s box: the caller hears a greeting, leaves 5 s, and the message is listed and can be heard', async () => {
    const phone = await house.phone('101');
    const owner = await house.person('ana');
    const message = await leaveMessage(ana, owner, longToneMs);
    expect(phone.calls).toHaveLength(1);
    expect(message).toMatchObject({ box: '101', heard: false, caller: expect.stringMatching(/^\+33639982/) });
    expect(message.durationMs).toBeGreaterThanOrEqual(4000);
    const whole = await soundOf(owner, message.id);
    expect(whole.headers.get('content-type')).toBe('audio/wav');
    const file = Buffer.from(await whole.arrayBuffer());
    const sound = parseWav(file);
    expect(durationMs(sound)).toBeGreaterThanOrEqual(4000);
    expect(tonePresence(sound, 440), describeSound(sound)).toBeGreaterThan(0.9);
    const part = await soundOf(owner, message.id, { range: 'bytes=100-199' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 100-199/${file.length}`);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(file.subarray(100, 200));
  });
});

describe('[S2] a message left while the worker is away', () => {
  test('is there when it is back', async () => {
    const supervisor = await house.person('sue');
    await house.apps.worker.stop();
    const call = await speakTo(line);
    expect((await messagesOf(supervisor)).filter((message) => message.call === call)).toEqual([]);
    house.apps.worker.start();
    const { id } = await isListed(call, supervisor, 40_000);
    const sound = parseWav(Buffer.from(await (await soundOf(supervisor, id)).arrayBuffer()));
    expect(tonePresence(sound, 440), describeSound(sound)).toBeGreaterThan(0.9);
  });
});

/** The lamp as the phone was told last: `1/0`, unheard and heard. */
const lampAt = (phone: Phone, since = 0): string | undefined =>
  phone.messages.all
    .filter(({ type, at, message }) => at >= since && type === 'received' && message.startLine.startsWith('NOTIFY '))
    .flatMap(({ message }) => /^Voice-Message: (\d+\/\d+)/m.exec(message.body)?.[1] ?? [])
    .at(-1);

const lampShows = (phone: Phone, state: string, since = 0): Promise<unknown> =>
  until(`the lamp of ${phone.extension} shows ${state}`, () => lampAt(phone, since) === state, { withinMs: 15_000 });

describe('[F11] a message', () => {
  test('lights the lamp of its owner’s phone until it has been heard, and puts it out for good when it is deleted', async () => {
    const owner = await house.person('ana');
    for (const { id } of await messagesOf(owner)) await owner.ask('DELETE', `/api/voicemails/${id}`);
    const phone = await house.phone('101');
    await lampShows(phone, '0/0');
    const { id } = await leaveMessage(ana, owner);
    await lampShows(phone, '1/0');
    await owner.ask('PUT', `/api/voicemails/${id}`, { heard: true });
    await lampShows(phone, '0/1');
    await owner.ask('PUT', `/api/voicemails/${id}`, { heard: false });
    await lampShows(phone, '1/0');
    const restartedAt = Date.now();
    await house.asterisk.restart();
    await lampShows(phone, '1/0', restartedAt);
    await owner.ask('DELETE', `/api/voicemails/${id}`);
    await lampShows(phone, '0/0');
    expect(await messagesOf(owner)).toEqual([]);
    expect((await soundOf(owner, id)).status).toBe(404);
    await until('no trace of the sound is left', async () => (await soundsLeft(id)).length === 0);
  });

  test('is sent to the address of its box, with the sound attached, though the mail server is busy at first', async () => {
    const supervisor = await house.person('sue');
    await supervisor.ask('PUT', '/api/voicemail-boxes/support', { email: 'support@example.com' });
    sink.refuse(1);
    const message = await leaveMessage(line, supervisor);
    expect(message).toMatchObject({ box: 'support' });
    const mail = await until('the mail', () => sink.mails.at(0), { withinMs: 15_000 });
    expect(mail.to).toEqual(['support@example.com']);
    expect(mail.source).toMatch(/^From: calls@example\.com/m);
    expect(mail.source).toContain(`Message de ${message.caller}`);
    const sound = parseWav(attachmentOf(mail, 'audio/wav'));
    expect(durationMs(sound)).toBeGreaterThanOrEqual(toneMs - 1000);
    expect(tonePresence(sound, 440), describeSound(sound)).toBeGreaterThan(0.9);
    expect(sink.mails).toHaveLength(1);
  });
});

describe('[F11] *98 at a desk phone', () => {
  /** The phone dials; resolves when the PIN is asked for, with the name of the call. */
  const dial = async (phone: Phone): Promise<{ readonly dialled: PhoneCall; readonly call: string }> => {
    const dialled = await phone.dial('*98');
    await dialled.established({ withinMs: 3000 });
    const [channel] = await house.truth.channels();
    const call = `c${channel?.id.replaceAll('.', '-')}`;
    await says(call, 1, 'enter-pin');
    return { dialled, call };
  };
  /** What a call makes is counted: each PIN that is tried is a question, and each answer is spoken. */
  const says = (call: string, made: number, sound: string): Promise<unknown> =>
    until(
      `the call says ${sound}`,
      async () => (await house.truth.playing(`${call}.p${made}`))?.endsWith(`/${sound}`),
      {
        withinMs: 10_000,
      },
    );

  test('plays the owner’s messages to who knows the PIN; one that is deleted is gone, and the lamp with it', async () => {
    const owner = await house.person('ana');
    for (const { id } of await messagesOf(owner)) await owner.ask('DELETE', `/api/voicemails/${id}`);
    await owner.ask('PUT', '/api/voicemail-boxes/101', { pin: '2468' });
    const phone = await house.phone('101');
    const { id } = await leaveMessage(ana, owner);
    await lampShows(phone, '1/0');
    const { dialled, call } = await dial(phone);
    await dialled.sendDigits('2468#');
    await until('the message is played', async () => (await house.truth.playing(`${call}.p3`)) === `recording:${id}`);
    await lampShows(phone, '0/1');
    await dialled.sendDigits('2');
    await lampShows(phone, '0/0');
    await dialled.ended({ withinMs: 15_000 });
    const heard = await dialled.heard();
    const begins = toneBegins(heard, 440) ?? Number.POSITIVE_INFINITY;
    const whileItLasts = { fromMs: begins + 200, toMs: begins + toneMs - 1000 };
    expect(tonePresence(heard, 440, whileItLasts), describeSound(heard)).toBeGreaterThan(0.9);
    expect(await messagesOf(owner)).toEqual([]);
    await until('no trace of the sound is left', async () => (await soundsLeft(id)).length === 0);
  });

  test('ends the call of who has keyed in three wrong PINs', async () => {
    const phone = await house.phone('102');
    await house.admin.ask('PUT', '/api/voicemail-boxes/102', { pin: '1357' });
    const { dialled, call } = await dial(phone);
    for (const [pin, made] of [
      ['2468#', 3],
      ['0000#', 5],
    ] as const) {
      await dialled.sendDigits(pin);
      await says(call, made, 'wrong-pin');
    }
    await dialled.sendDigits('9999#');
    await dialled.ended({ withinMs: 10_000 });
  });
});

/** Files of a message, ours and Asterisk's. */
const soundsLeft = async (id: string): Promise<readonly string[]> => {
  const folders = [join(house.lab.folder, 'data', 'voicemail'), join(house.asterisk.folder, 'spool', 'recording')];
  return (await Promise.all(folders.map((folder) => readdir(folder)))).flat().filter((name) => name.includes(id));
};
