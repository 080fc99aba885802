import { expect, test } from 'vitest';
import { phoneObjects } from './phone-objects.ts';
import { trunkObjects } from './trunk-objects.ts';

const phone = { extension: '101', name: 'Ana "the" <1>', password: 'secret' };
const trunk = { id: 'demo', name: 'Demo', addresses: ['192.0.2.1'] };

test('a phone is a password, a place to register and an endpoint, all named by its extension', () => {
  const objects = phoneObjects(phone, 'fr');
  expect(objects.map(({ type, id }) => `${type} ${id}`)).toEqual(['auth 101', 'aor 101', 'endpoint 101']);
  expect(objects[2]?.settings).toMatchObject({
    context: 'from-phone',
    auth: '101',
    callerid: '"Ana the 1" <101>',
    language: 'fr',
    allow: { value: '!all,opus,g722,alaw,ulaw' },
  });
});

test('a phone without a name is shown by its extension', () => {
  expect(phoneObjects({ ...phone, name: '' }, undefined)[2]?.settings.callerid).toBe('"101" <101>');
});

test('no endpoint lets in whoever knows its name: a phone has a password, a trunk an address', () => {
  expect(phoneObjects(phone, undefined)[2]?.settings).toMatchObject({ identify_by: 'username', auth: '101' });
  const endpoint = trunkObjects(trunk, undefined).find(({ type }) => type === 'endpoint');
  expect(endpoint?.settings).toMatchObject({ identify_by: 'ip', context: 'from-trunk', trust_id_inbound: 'true' });
});

test('a trunk by address neither registers nor is asked whether it is there', () => {
  const objects = trunkObjects(trunk, undefined);
  expect(objects.map(({ type }) => type)).toEqual(['aor', 'endpoint', 'identify']);
  expect(objects[0]?.settings).toMatchObject({ contact: { value: '' }, qualify_frequency: '0' });
});

test('a trunk that registers is known by its server too, when no addresses are given', () => {
  const registration = { username: 'me@here', password: 'secret' };
  for (const [server, host] of [
    ['sip.example.net', 'sip.example.net'],
    ['sip.example.net:5080', 'sip.example.net'],
    ['[2001:db8::1]:5080', '2001:db8::1'],
  ] as const) {
    const objects = trunkObjects({ ...trunk, addresses: [], server, registration }, undefined);
    expect(objects.map(({ type }) => type)).toEqual(['auth', 'aor', 'endpoint', 'identify', 'registration']);
    expect(objects[3]?.settings.match).toMatchObject({ value: host });
    expect(objects[4]?.settings).toMatchObject({
      server_uri: `sip:${server}`,
      client_uri: `sip:me%40here@${server}`,
      outbound_auth: 'trunk-demo',
    });
  }
});

test('a trunk with neither addresses nor a server is known by nothing', () => {
  expect(trunkObjects({ ...trunk, addresses: [] }, undefined).map(({ type }) => type)).toEqual(['aor', 'endpoint']);
});

test('secrets are in the passwords and nowhere else', () => {
  const registration = { username: 'me', password: 'secret' };
  for (const { type, settings } of [
    ...phoneObjects(phone, undefined),
    ...trunkObjects({ ...trunk, server: 'x', registration }, undefined),
  ])
    expect(JSON.stringify(settings).includes('secret')).toBe(type === 'auth');
});
