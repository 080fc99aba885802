import { expect, test } from 'vitest';
import { AsteriskTooOld, abilitiesOf } from './version.ts';

test.each([
  ['18.0.0', 'ari-client'],
  ['20.13.0', 'ari-client'],
  ['20.14.0', 'websocket'],
  ['21.8.1', 'ari-client'],
  ['21.9.0', 'websocket'],
  ['22.3.0', 'ari-client'],
  ['22.4.0', 'websocket'],
  ['22.10.1', 'websocket'],
  ['22.10.1+dfsg+~cs6.17.60671434-1', 'websocket'],
  ['23.0.0', 'websocket'],
  ['20.7-cert3', 'ari-client'],
  ['certified/20.7-cert5', 'ari-client'],
  ['certified-18.9-cert5', 'ari-client'],
] as const)('Asterisk %s is spoken to over %s', (version, transport) => {
  expect(abilitiesOf(version).transport).toBe(transport);
});

test('from 22.10.1 on there is nothing to say; before it, what is lacking', () => {
  for (const version of ['22.10.1', '22.11.0', '23.0.0']) expect(abilitiesOf(version).warning).toBeUndefined();
  for (const version of ['18.9.0', '22.4.0', '22.10.0'])
    expect(abilitiesOf(version).warning).toBe(
      `Asterisk ${version} lacks security fixes of its REST interface: 22.10.1 or later is recommended`,
    );
});

test('what is too old is refused', () => {
  for (const version of ['13.38.3', '16.30.1', '17.9.4', 'certified-16.8-cert14'])
    expect(() => abilitiesOf(version)).toThrow(AsteriskTooOld);
});

test.each(['GIT-22-1234abc', '', 'x'])('of the version %j the best is hoped, and said', (version) => {
  expect(abilitiesOf(version)).toEqual({
    transport: 'websocket',
    warning: `Asterisk's version ${JSON.stringify(version)} is not understood`,
  });
});
