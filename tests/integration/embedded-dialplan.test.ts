import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Asterisk, Lasting, Servers } from '@cordboard/embedded';
import { type Caller, levelDb, type Phone, silence, startCaller, startPhone, tonePresence } from '@cordboard/sip-lab';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { until } from '../support/until.ts';
import { askAri, type Lab, openLab, push, pushFallback, pushPhone, pushTrunk } from './embedded-lab.ts';

/** Where the carrier is; phones are at 127.0.0.1. */
const carrier = '127.0.0.2';
const password = 'a-phone-of-the-laboratory';

let lab: Lab;
let servers: Servers;
let asterisk: Lasting<Asterisk>;
const parties: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  lab = await openLab();
  servers = await lab.start();
  if (servers.asterisk === undefined) throw new Error('Asterisk was not started');
  asterisk = servers.asterisk;
  await pushTrunk(asterisk, 'carrier', carrier);
  for (const extension of ['101', '102']) await pushPhone(asterisk, extension, password);
});
afterEach(async () => {
  for (const party of parties.splice(0)) await party.stop();
  await askAri(asterisk, 'DELETE', 'asterisk/config/dynamic/res_pjsip/endpoint/fallback');
});
afterAll(async () => {
  await servers.stop();
  await lab.clear();
});

const aCaller = async (): Promise<Caller> => {
  const caller = await startCaller({
    spawn: lab.root.spawn,
    folder: join(lab.folder, 'lab'),
    trunk: asterisk.sip,
    callerNumber: '+33612345678',
    callerName: 'Zoé',
    host: carrier,
  });
  parties.push(caller);
  return caller;
};

const aPhone = async (extension: string): Promise<Phone> => {
  const phone = await startPhone({
    spawn: lab.root.spawn,
    folder: join(lab.folder, 'lab'),
    registrar: asterisk.sip,
    extension,
    password,
  });
  parties.push(phone);
  await phone.registered;
  return phone;
};

/** Listens to what begins to be said, and hangs up. */
const hearsAVoice = async (caller: Caller | Phone, number: string): Promise<void> => {
  const call = await caller.dial(number);
  await call.established({ withinMs: 3000 });
  await new Promise((resolve) => setTimeout(resolve, 2000));
  await call.hangUp();
  await call.ended({ withinMs: 3000 });
  const heard = await call.heard();
  expect(silence(heard)).toBeLessThan(0.8);
  expect(levelDb(heard.samples)).toBeGreaterThan(-40);
};

/** How often the dialplan asks for the application again, every half second, before it goes on alone. */
const askAgain = (times: number) => askAri(asterisk, 'POST', `asterisk/variable?variable=ASKED_AGAIN&value=${times}`);

/** An application that takes whoever is given to it. */
const anApplication = async () => {
  const { user, password: secret, url } = asterisk.ari;
  const events = new WebSocket(
    `${url.replace('http', 'ws')}/ari/events?app=cordboard-1&api_key=${user}:${encodeURIComponent(secret)}`,
  );
  const started = new Promise<unknown>((resolve) => {
    events.on('message', (data) => {
      const event: { type?: string } = JSON.parse(String(data));
      if (event.type === 'StasisStart') resolve(event);
    });
  });
  await once(events, 'open');
  const close = () => {
    events.close();
    return until(
      'the application is gone',
      async () => (await askAri(asterisk, 'GET', 'applications/cordboard-1')).status === 404,
    );
  };
  return { started, close };
};

const untilNoChannels = () =>
  until('Asterisk has no channel left', async () => {
    const { body } = await askAri(asterisk, 'GET', 'channels');
    return Array.isArray(body) && body.length === 0;
  });

describe('while no application controls calls', () => {
  beforeEach(() => askAgain(0));

  test('a caller hears an apology, in the language of the trunk', async () => {
    for (const language of ['fr', 'en']) {
      await push(asterisk, 'endpoint', 'carrier', { language });
      const call = await (await aCaller()).dial('+33170000010');
      await call.established({ withinMs: 3000 });
      await call.ended({ withinMs: 15_000 });
      const heard = await call.heard();
      expect(silence(heard)).toBeLessThan(0.6);
      // One byte of A-law a sample, at 8 kHz.
      const { size } = await stat(join(lab.media.path, 'sounds', language, 'cordboard', 'apology.alaw'));
      expect(Math.abs(heard.samples.length / heard.rate - size / 8000), language).toBeLessThan(0.4);
    }
  });

  test.each(['+33170000010', '0170000010', '*11', '#', 'support', "1,2&PJSIP/101'", '101@elsewhere', '9'.repeat(70)])(
    'whatever is dialled is answered: %s',
    async (dialled) => {
      const caller = await aCaller();
      const call = await caller.dial(dialled);
      await call.established({ withinMs: 3000 });
      await call.hangUp();
      await untilNoChannels();
    },
  );

  test('the dialplan’s own `h` is no number to dial', async () => {
    const call = await (await aCaller()).dial('h');
    expect((await call.ended({ withinMs: 3000 })).detail).toContain('603');
  });

  test('the phones of the fallback ring with the caller’s number, and both hear each other', async () => {
    await pushFallback(asterisk, ['101', '102']);
    const [first, second, caller] = [await aPhone('101'), await aPhone('102'), await aCaller()];
    const call = await caller.dial('+33170000010');
    const [ringing, other] = [
      await first.nextIncoming({ withinMs: 3000 }),
      await second.nextIncoming({ withinMs: 3000 }),
    ];
    expect(ringing.fromNumber).toBe('+33612345678');
    await ringing.answer();
    await other.ended({ withinMs: 3000 });
    await call.established({ withinMs: 3000 });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await call.hangUp();
    await ringing.ended({ withinMs: 3000 });
    expect(tonePresence(await ringing.heard(), 440)).toBeGreaterThan(0.8);
  });

  test('after a restart of Asterisk too, which remembers the phones and who is registered', async () => {
    await pushFallback(asterisk, ['101', '102']);
    const [phone, caller] = [await aPhone('101'), await aCaller()];
    await asterisk.restart();
    await askAgain(0);
    const call = await caller.dial('+33170000010');
    const ringing = await phone.nextIncoming({ withinMs: 3000 });
    expect(ringing.fromNumber).toBe('+33612345678');
    await call.hangUp();
    await ringing.ended({ withinMs: 3000 });
  });

  test('when no phone of the fallback is there, the caller hears the apology', async () => {
    await pushFallback(asterisk, ['101', '102']);
    await hearsAVoice(await aCaller(), '+33170000010');
  });

  test('a phone that talks is not rung for a second caller, who reaches the others', async () => {
    await pushFallback(asterisk, ['101', '102']);
    const [first, second, caller, later] = [await aPhone('101'), await aPhone('102'), await aCaller(), await aCaller()];
    const call = await caller.dial('+33170000010');
    const ringing = await first.nextIncoming({ withinMs: 3000 });
    await second.nextIncoming({ withinMs: 3000 });
    await ringing.answer();
    await call.established({ withinMs: 3000 });
    const [talking, rung] = [first.calls.length, second.calls.length];
    const waiting = await later.dial('+33170000010');
    const offered = await second.nextIncoming({ withinMs: 3000 });
    await offered.answer();
    await waiting.established({ withinMs: 3000 });
    await Promise.all([call.hangUp(), waiting.hangUp()]);
    await Promise.all([ringing.ended({ withinMs: 3000 }), offered.ended({ withinMs: 3000 })]);
    expect(first.calls).toHaveLength(talking);
    expect(second.calls).toHaveLength(rung + 1);
  });

  test('while all phones talk a caller hears music, and reaches the first that is free', async () => {
    await pushFallback(asterisk, ['101']);
    const [phone, caller, later] = [await aPhone('101'), await aCaller(), await aCaller()];
    const call = await caller.dial('+33170000010');
    const ringing = await phone.nextIncoming({ withinMs: 3000 });
    await ringing.answer();
    await call.established({ withinMs: 3000 });
    const waiting = await later.dial('+33170000010');
    await waiting.established({ withinMs: 3000 });
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(phone.calls).toHaveLength(1);
    await call.hangUp();
    const next = await phone.nextIncoming({ withinMs: 3000 });
    await next.answer();
    await next.established({ withinMs: 3000 });
    await waiting.hangUp();
    await next.ended({ withinMs: 3000 });
    const heard = await waiting.heard();
    expect(silence(heard)).toBeLessThan(0.5);
  });

  test('phones reach each other by extension', async () => {
    const [ana, bob] = [await aPhone('101'), await aPhone('102')];
    const call = await ana.dial('102');
    const ringing = await bob.nextIncoming({ withinMs: 3000 });
    expect(ringing.fromNumber).toBe('101');
    await ringing.answer();
    await call.established({ withinMs: 3000 });
    await call.hangUp();
    await ringing.ended({ withinMs: 3000 });
  });

  test.each(['*11', '102&PJSIP/101', 'carrier'])(
    'a phone that dials %s hears the apology, and nobody is rung',
    async (dialled) => {
      const [ana, bob] = [await aPhone('101'), await aPhone('102')];
      await hearsAVoice(ana, dialled);
      expect(bob.calls).toEqual([]);
    },
  );
});

describe('while an application controls calls', () => {
  test.each([
    ['+33170000010', '+33170000010'],
    ['*11', '*11'],
    ['1,2&"3', '123'],
  ])('a call to %s is given to it, unanswered, with the number dialled', async (dialled, told) => {
    const application = await anApplication();
    const call = await (await aCaller()).dial(dialled);
    expect(await application.started).toMatchObject({
      args: ['trunk', told],
      channel: { state: 'Ring', caller: { number: '+33612345678', name: 'Zoé' } },
    });
    await call.hangUp();
    await application.close();
  });
});

describe('while an application is being restarted', () => {
  beforeEach(() => askAgain(6));

  test.each(['trunk', 'phone'])('a call from a %s rings until it is there again, and is given to it', async (from) => {
    await pushFallback(asterisk, ['101']);
    const [phone, other] = [await aPhone('101'), await aPhone('102')];
    const call = from === 'trunk' ? await (await aCaller()).dial('+33170000010') : await other.dial('101');
    await call.ringing({ withinMs: 1000 });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const application = await anApplication();
    expect(await application.started).toMatchObject({
      args: [from, from === 'trunk' ? '+33170000010' : '101'],
      channel: { state: 'Ring' },
    });
    await call.hangUp();
    await application.close();
    expect(phone.calls).toEqual([]);
  });

  test('who waits longer than that is rung through by the dialplan', async () => {
    await pushFallback(asterisk, ['101']);
    const [phone, caller] = [await aPhone('101'), await aCaller()];
    const since = Date.now();
    const call = await caller.dial('+33170000010');
    const ringing = await phone.nextIncoming({ withinMs: 6000 });
    expect(Date.now() - since).toBeGreaterThan(2800);
    await call.hangUp();
    await ringing.ended({ withinMs: 3000 });
  });

  test('who hangs up while it rings is gone, and no phone rings', async () => {
    await pushFallback(asterisk, ['101']);
    const [phone, caller] = [await aPhone('101'), await aCaller()];
    const call = await caller.dial('+33170000010');
    await call.ringing({ withinMs: 1000 });
    await call.hangUp();
    await untilNoChannels();
    expect(phone.calls).toEqual([]);
  });
});
