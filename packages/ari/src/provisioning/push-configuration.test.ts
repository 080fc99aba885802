import { TelephonyUnavailable } from '@cordboard/application';
import { expect, test } from 'vitest';
import { AriRefused, type AriTransport } from '../transport/transport.ts';
import { ConfigurationRefused, pushConfiguration } from './push-configuration.ts';

const wanted = {
  phones: [{ extension: '101', name: 'Ana', password: 'secret' }],
  trunks: [
    { id: 'slow', name: 'Slow', addresses: ['slow.example.net'] },
    { id: 'quick', name: 'Quick', addresses: ['192.0.2.1'] },
  ],
  fallback: ['101'],
};

/** An Asterisk that knows nothing, takes everything but what is slow, and perhaps goes away. */
const asterisk = (isThere: boolean): { transport: AriTransport; written: string[] } => {
  const written: string[] = [];
  const answer = (operation: string, parameters: { id?: string; objectType?: string }): unknown => {
    const name = `${parameters.objectType} ${parameters.id}`;
    switch (operation) {
      case 'endpoints.list':
        return [];
      case 'asterisk.getInfo':
        if (!isThere) throw new TelephonyUnavailable('gone');
        return { system: { version: '22.10.1' } };
      case 'asterisk.updateObject':
        if (name.startsWith('identify trunk-slow')) throw new TelephonyUnavailable('Asterisk has not answered');
        written.push(name);
        return undefined;
      default:
        throw new AriRefused('asterisk.getObject', 404, 'not found');
    }
  };
  const request = async (operation: string, parameters: object) => answer(operation, parameters);
  return { transport: { request } as unknown as AriTransport, written };
};

test('a trunk whose host cannot be resolved in time stops nobody else', async () => {
  const { transport, written } = asterisk(true);
  const error: unknown = await pushConfiguration(transport, wanted).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ConfigurationRefused);
  expect(error).toMatchObject({
    message:
      'Asterisk refuses trunk slow (no answer in time, perhaps because a name cannot be resolved): check its name, addresses and server.',
  });
  for (const name of ['endpoint 101', 'endpoint trunk-quick', 'identify trunk-quick', 'endpoint fallback'])
    expect(written).toContain(name);
});

test('an Asterisk that goes away meanwhile is no fault of the trunk’s', async () => {
  await expect(pushConfiguration(asterisk(false).transport, wanted)).rejects.toBeInstanceOf(TelephonyUnavailable);
});
