import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationRefused, pushConfiguration, type WantedConfiguration } from '@cordboard/ari';
import { type Phone, RegistrationFailed } from '@cordboard/sip-lab';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../support/until.ts';
import { type AriFloor, carrier, furniture, openFloor } from './ari-floor.ts';
import { type AriLab, openAriLab } from './ari-lab.ts';
import { askAri, push as pushByHand } from './embedded-lab.ts';
import { type RawInvite, sendRawInvite } from './raw-invite.ts';

let laboratory: AriLab;
let floor: AriFloor;
const invites: RawInvite[] = [];

beforeAll(async () => {
  laboratory = await openAriLab();
  floor = await openFloor(laboratory, 'websocket');
});
beforeEach(async () => {
  await push({});
});
afterEach(async () => {
  for (const invite of invites.splice(0)) invite.close();
  await floor.clear();
});
afterAll(async () => {
  await floor.close();
  await laboratory.close();
});

/** Pushes the furniture, with some of it changed. */
const push = (changes: Partial<WantedConfiguration>): Promise<readonly string[]> =>
  pushConfiguration(floor.asterisk.transport, { ...furniture, ...changes });

const isThere = async (type: string, id: string): Promise<boolean> =>
  (await askAri(laboratory.asterisk, 'GET', `asterisk/config/dynamic/res_pjsip/${type}/${id}`)).status === 200;

const contacts = async (): Promise<string> => laboratory.asterisk.console('pjsip show contacts');

const invite = async (options: Partial<Parameters<typeof sendRawInvite>[0]>): Promise<RawInvite> => {
  const sent = await sendRawInvite({
    server: laboratory.asterisk.sip,
    host: carrier,
    over: 'udp',
    number: '+33170000010',
    from: '<sip:+33639981000@127.0.0.2>',
    ...options,
  });
  invites.push(sent);
  return sent;
};
/** Whether a call comes in. */
const isLetIn = async (options: Parameters<typeof invite>[0]): Promise<boolean> => {
  const before = floor.told.length;
  const { statuses } = await invite(options);
  return until('the call or its refusal', () => {
    if (statuses.some((status) => status >= 400)) return 'refused';
    return floor.told.slice(before).some(({ type }) => type === 'CallerEntered') && 'let in';
  }).then((outcome) => outcome === 'let in');
};

describe('what is pushed a second time', () => {
  test('changes nothing, and no phone notices', async () => {
    const phone = await floor.phone('101');
    const before = await contacts();
    expect(await push({})).toEqual([]);
    expect(await contacts()).toBe(before);
    expect(phone.messages.all.filter(({ message }) => message.method === 'REGISTER')).toHaveLength(2);
  });

  test('changes nothing after Asterisk has been started again, which remembers all of it', async () => {
    await push({ fallback: ['101', '102'] });
    await laboratory.restart();
    await until('connected again', () => floor.told.some(({ type }) => type === 'Connected'), {
      withinMs: 10_000,
    });
    expect(await push({ fallback: ['101', '102'] })).toEqual([]);
    const { channel } = await floor.arrives(await floor.caller({ callerName: 'Zoé' }), '+33170000010');
    expect(channel).toMatchObject({ callerNumber: '+33639981000', callerName: 'Zoé' });
  });
});

describe('a phone', () => {
  test('with a new password registers by that, and by the old one no more', async () => {
    const phones = [{ extension: '101', name: 'Ana', password: 'a-new-one' }];
    expect(await push({ phones })).toEqual(['phone 101', 'phone 102']);
    await floor.phone('101', { password: 'a-new-one' });
    await expect(floor.phone('101')).rejects.toBeInstanceOf(RegistrationFailed);
  });

  test('that is taken away is forgotten, and put back is there again', async () => {
    const phones = furniture.phones.filter(({ extension }) => extension === '101');
    expect(await push({ phones })).toEqual(['phone 102']);
    for (const type of ['endpoint', 'aor', 'auth']) expect(await isThere(type, '102'), type).toBe(false);
    await expect(floor.phone('102')).rejects.toBeInstanceOf(RegistrationFailed);
    expect(await push({})).toEqual(['phone 102']);
    await floor.phone('102');
  });

  test('that comes back at another address takes its own place', async () => {
    await floor.phone('101');
    const again: Phone = await floor.phone('101');
    await until('one contact', async () => (await contacts()).match(/Contact: {2}101\//g)?.length === 1);
    expect(await contacts()).toContain(`:${again.sipPort}`);
  });

  test('in a language of its own is changed when the language is', async () => {
    expect(await push({ language: 'fr' })).toEqual(['phone 101', 'phone 102', 'trunk carrier']);
    expect(await push({ language: 'fr' })).toEqual([]);
  });

  test('of somebody else’s is left alone', async () => {
    for (const id of ['777', 'trunk-theirs'])
      await pushByHand(laboratory.asterisk, 'endpoint', id, { disallow: 'all', allow: 'alaw', callerid: id });
    expect(await push({})).toEqual([]);
    expect(await isThere('endpoint', '777')).toBe(true);
    expect(await isThere('endpoint', 'trunk-theirs')).toBe(true);
  });
});

describe('a trunk', () => {
  test('is known by its new addresses at once, and not by those that it had', async () => {
    expect(await isLetIn({ host: carrier })).toBe(true);
    await floor.clear();
    expect(await push({ trunks: [{ id: 'carrier', name: 'Moved', addresses: ['127.0.0.4/31'] }] })).toEqual([
      'trunk carrier',
    ]);
    expect(await isLetIn({ host: carrier })).toBe(false);
    expect(await isLetIn({ host: '127.0.0.5' })).toBe(true);
    await floor.clear();
    expect(await push({ trunks: [{ id: 'carrier', name: 'Moved', addresses: ['127.0.0.4/31', carrier] }] })).toEqual([
      'trunk carrier',
    ]);
    expect(await isLetIn({ host: carrier })).toBe(true);
  });

  test('that is taken away is let in no more', async () => {
    expect(await push({ trunks: [] })).toEqual(['trunk carrier']);
    expect(await isLetIn({ host: carrier })).toBe(false);
    for (const type of ['endpoint', 'aor', 'identify']) expect(await isThere(type, 'trunk-carrier'), type).toBe(false);
  });

  test('may say who calls, in the name of the network', async () => {
    await invite({ headers: ['P-Asserted-Identity: "Network" <sip:+33639985555@network.example>'] });
    const { channel } = await floor.tells('CallerEntered');
    expect(channel).toMatchObject({ callerNumber: '+33639985555', callerName: 'Network' });
  });

  test.each(['trunk-carrier', 'fallback'])('is not whoever says that they are %s', async (name) => {
    const { statuses } = await invite({ host: '127.0.0.1', from: `<sip:${name}@127.0.0.1>` });
    await until('the refusal', () => statuses.includes(401));
    expect(floor.told.filter(({ type }) => type === 'CallerEntered')).toEqual([]);
  });

  test('that registers does so with its name, and is gone when it is taken away', async () => {
    const registrar = await aRegistrar();
    const { port } = registrar.socket.address();
    const trunk = {
      id: 'registering',
      name: 'Registering',
      addresses: [],
      server: `127.0.0.6:${port}`,
      registration: { username: 'customer-1', password: 'of-the-customer' },
    };
    expect(await push({ trunks: [...furniture.trunks, trunk] })).toEqual(['trunk registering']);
    await until('the registration', () => registrar.heard.some((said) => said.startsWith('REGISTER')), {
      withinMs: 15_000,
    });
    const register = registrar.heard.find((said) => said.startsWith('REGISTER')) ?? '';
    expect(register).toContain('From: <sip:customer-1@127.0.0.6>');
    const line = /^Contact: <sip:customer-1@[^>]+(;line=\w+)/m.exec(register)?.[1] ?? '';
    expect(await push({ trunks: [...furniture.trunks, trunk] })).toEqual([]);
    expect(await isLetIn({ host: '127.0.0.6' })).toBe(true);
    await floor.clear();
    // From an address that nobody told of, with the word that only the carrier was told.
    expect(await isLetIn({ host: '127.0.0.8', number: 'customer-1', parameters: line })).toBe(true);
    expect(await floor.tells('CallerEntered')).toMatchObject({ channel: { role: { source: 'registering' } } });
    expect(await push({})).toEqual(['trunk registering']);
    for (const type of ['registration', 'auth', 'aor', 'identify', 'endpoint'])
      expect(await isThere(type, 'trunk-registering'), type).toBe(false);
    registrar.socket.close();
  });
});

/** A carrier that takes every registration. */
const aRegistrar = async (): Promise<{ readonly socket: Socket; readonly heard: string[] }> => {
  const heard: string[] = [];
  const socket = createSocket('udp4').bind({ address: '127.0.0.6', port: 0 });
  await once(socket, 'listening');
  socket.on('message', (message, from) => {
    heard.push(String(message));
    const echoed = String(message)
      .split('\r\n')
      .filter((line) => /^(via|from|to|call-id|cseq|contact|expires):/i.test(line));
    socket.send(['SIP/2.0 200 OK', ...echoed, 'Content-Length: 0', '', ''].join('\r\n'), from.port, from.address);
  });
  return { socket, heard };
};

describe('what Asterisk refuses', () => {
  test('is said once, by name and without secrets, and stops nothing else', async () => {
    const phones = [...furniture.phones, { extension: '103', name: 'New', password: 'never-to-be-read' }];
    const bad = {
      id: 'bad',
      name: 'Bad',
      addresses: ['127.0.0.7'],
      server: 'no server',
      registration: { username: 'me', password: 'nor-this' },
    };
    const error: unknown = await push({ phones, trunks: [bad, ...furniture.trunks], fallback: ['103'] }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ConfigurationRefused);
    expect(error).toMatchObject({
      refused: ['trunk bad'],
      message: expect.stringMatching(/^Asterisk refuses trunk bad \(.+\): check its name, addresses and server\.$/),
    });
    expect(JSON.stringify(error) + String(error)).not.toMatch(/never-to-be-read|nor-this/);
    const log = await readFile(join(laboratory.lab.folder, 'asterisk/log/messages'), 'utf8');
    expect(log).not.toMatch(/never-to-be-read|nor-this/);
    await floor.phone('103', { password: 'never-to-be-read' });
  });

  test('leaves a trunk the addresses that it had', async () => {
    const trunks = [{ id: 'carrier', name: 'Mistyped', addresses: ['no such host.invalid'] }];
    await expect(push({ trunks })).rejects.toThrow(/trunk carrier/);
    expect(await isLetIn({ host: carrier })).toBe(true);
  });
});

test('while nobody controls calls, the fallback’s phones ring', async () => {
  await push({ fallback: ['101', '102'] });
  const [first, second, caller] = [await floor.phone('101'), await floor.phone('102'), await floor.caller()];
  await floor.asterisk.close();
  await caller.dial('+33170000010');
  const ringing = await first.nextIncoming({ withinMs: 6000 });
  expect(ringing.fromNumber).toBe('+33639981000');
  await second.nextIncoming({ withinMs: 6000 });
  await ringing.answer();
  await ringing.established({ withinMs: 6000 });
  await Promise.all([first.stop(), second.stop(), caller.stop()]);
  floor = await openFloor(laboratory, 'websocket');
});

test('while nobody controls calls, each number rings its own phones, round after round, and is kept through a restart', async () => {
  const alone = [
    {
      number: '33170000011',
      language: 'fr',
      rounds: [
        { extensions: ['102'], forMs: 1000 },
        { extensions: ['101', '102'], forMs: 30_000 },
      ],
    },
    { number: '33170000012', language: 'en', rounds: [] },
  ];
  expect(await push({ fallback: ['101'], alone })).toEqual(
    expect.arrayContaining(['number 33170000011', 'number 33170000012']),
  );
  expect(await push({ fallback: ['101'], alone })).toEqual([]);
  await laboratory.restart();
  await until('connected again', () => floor.told.some(({ type }) => type === 'Connected'), { withinMs: 10_000 });
  const [first, second, caller] = [await floor.phone('101'), await floor.phone('102'), await floor.caller()];
  await floor.asterisk.close();
  const call = await caller.dial('0033170000011');
  const ringing = await second.nextIncoming({ withinMs: 6000 });
  expect(ringing.fromNumber).toBe('+33639981000');
  expect(first.calls).toEqual([]);
  const atFirst = await first.nextIncoming({ withinMs: 5000 });
  await atFirst.answer();
  await call.established({ withinMs: 6000 });
  await call.hangUp();
  await atFirst.ended({ withinMs: 6000 });
  const rung = first.calls.length;
  const other = await caller.dial('+33170000012');
  await other.established({ withinMs: 6000 });
  expect(first.calls).toHaveLength(rung);
  await other.ended({ withinMs: 15_000 });
  await Promise.all([first.stop(), second.stop(), caller.stop()]);
  floor = await openFloor(laboratory, 'websocket');
  // Opened again with a policy without numbers: those that were known are forgotten.
  const known = await floor.asterisk.transport.request('endpoints.list', {});
  expect(known.filter(({ resource }) => resource.startsWith('fallback-'))).toEqual([]);
});
