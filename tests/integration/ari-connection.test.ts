import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TelephonyUnavailable } from '@cordboard/application';
import { AsteriskTooOld, type ConnectOptions, connectAsterisk } from '@cordboard/ari';
import { bridgeOf, type Extension, type Instant, legOf } from '@cordboard/core';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { until } from '../support/until.ts';
import { openFloor } from './ari-floor.ts';
import { type AriLab, openAriLab } from './ari-lab.ts';

let laboratory: AriLab;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  // swagger-client says on standard output what it thinks of Asterisk's description of itself.
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  laboratory = await openAriLab();
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});
afterAll(async () => {
  vi.restoreAllMocks();
  await laboratory.close();
});

const connect = async (options: Partial<ConnectOptions>) => {
  const asterisk = await connectAsterisk({
    ...laboratory.access,
    app: 'connected',
    transport: 'auto',
    now: () => Date.now() as Instant,
    ...options,
  });
  closing.push(() => asterisk.close());
  return asterisk;
};

/** The way to Asterisk. */
const aProxy = async (options: Parameters<typeof startTcpProxy>[1] = {}): Promise<TcpProxy & { url: string }> => {
  const proxy = await startTcpProxy({ host: '127.0.0.1', port: laboratory.lab.ports.ari }, options);
  closing.push(() => proxy.close());
  return Object.assign(proxy, { url: `http://127.0.0.1:${proxy.port}` });
};

/** Our Asterisk, which takes itself for another version; as long as `22.10.1`. */
const asteriskThatSays = async (version: string): Promise<string> => {
  const hear = (said: Buffer) => Buffer.from(said.toString('latin1').replaceAll('22.10.1', version), 'latin1');
  return (await aProxy({ hearing: () => hear })).url;
};

describe('the transport chosen by itself', () => {
  test('is the WebSocket with this Asterisk, of which there is nothing to say', async () => {
    const { transport, version, warning } = await connect({});
    expect(transport.kind).toBe('websocket');
    expect(version).toMatch(/^22\.10\.1/);
    expect(warning).toBeUndefined();
  });

  test.each([
    ['20.13.9', 'ari-client'],
    ['20.14.0', 'websocket'],
    ['22.03.0', 'ari-client'],
    ['22.04.0', 'websocket'],
  ] as const)(
    'is right for Asterisk %s, which serves, and whose operator is told what it lacks',
    async (version, kind) => {
      const { transport, warning, telephony } = await connect({ url: await asteriskThatSays(version) });
      expect(transport.kind).toBe(kind);
      expect(warning).toMatch(
        new RegExp(
          `^Asterisk ${version}\\S* lacks security fixes of its REST interface: 22.10.1 or later is recommended$`,
        ),
      );
      await until(
        'it is connected',
        () =>
          telephony.snapshot().then(
            () => true,
            () => false,
          ),
        { withinMs: 20_000 },
      );
    },
  );
});

describe('what cannot work is said in one sentence', () => {
  const failure = async (options: Partial<ConnectOptions>): Promise<unknown> => {
    const error: unknown = await connect(options).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return error;
  };

  test('an Asterisk that is too old', async () => {
    const error = await failure({ url: await asteriskThatSays('16.30.1') });
    expect(error).toBeInstanceOf(AsteriskTooOld);
    expect(error).toMatchObject({
      message: expect.stringMatching(
        /^Asterisk 16\.30\.1\S* is too old: 18 or later is needed, 22\.10\.1 or later is recommended\.$/,
      ),
    });
  });

  test('a transport that this Asterisk does not have', async () => {
    const error = await failure({ url: await asteriskThatSays('20.13.9'), transport: 'websocket' });
    expect(error).toBeInstanceOf(AsteriskTooOld);
    expect(error).toMatchObject({ message: expect.stringMatching(/set ARI_TRANSPORT to auto, or to ari-client\.$/) });
  });

  test.each([
    ['password', { password: 'wrong' }, /ARI_USER, ARI_PASSWORD/],
    ['user', { user: 'nobody' }, /ARI_USER, ARI_PASSWORD/],
    ['address', { url: 'http://127.0.0.1:9' }, /does not answer at http:\/\/127\.0\.0\.1:9 \(ARI_URL\)/],
  ])('a wrong %s', async (_, options, sentence) => {
    const error = await failure(options);
    expect(error).toBeInstanceOf(TelephonyUnavailable);
    expect(error).toMatchObject({ message: expect.stringMatching(sentence) });
  });

  test.each(['{"hello":"world"}', '<html></html>'])('something that is not Asterisk, and says %s', async (said) => {
    const server = createServer((_, response) => response.end(said)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(async () => server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await failure({ url })).toMatchObject({ message: `what answers at ${url} (ARI_URL) is not Asterisk` });
  });

  test('something that never answers', async () => {
    const proxy = await aProxy();
    proxy.swallow();
    const error = await failure({ url: proxy.url, timeoutMs: 200 });
    expect(error).toBeInstanceOf(TelephonyUnavailable);
  });
});

test.each(['websocket', 'ari-client'] as const)(
  'a conversation goes on while the connection over %s is away, and is found again',
  async (kind) => {
    const proxy = await aProxy();
    const floor = await openFloor(laboratory, kind, proxy.url);
    closing.push(() => floor.close());
    const { telephony } = floor.asterisk;
    const phone = await floor.phone('101');
    const { channel, call, dialled } = await floor.arrives(await floor.caller(), '+33170000010');
    const leg = legOf(call, 1);
    const bridge = bridgeOf(call, 1);
    const { callerName, callerNumber, id: originator } = channel;
    await telephony.answer(channel.id);
    await telephony.ringPhone({ leg, extension: '101' as Extension, callerName, callerNumber, originator, bridge });
    await (await phone.nextIncoming({ withinMs: 3000 })).answer();
    await floor.tells('LegAnswered');
    await telephony.connect(bridge, [channel.id, leg], {});
    const before = await telephony.snapshot();

    proxy.cut();
    await floor.tells('Disconnected');
    await until('it is connected again', () => floor.told.filter(({ type }) => type === 'Connected').length === 2);
    expect(await telephony.snapshot()).toEqual(before);
    await dialled.hangUp();
    await floor.tells('LegEnded', (event) => event.leg === channel.id);
    await telephony.hangUp(leg, 'normal');
    await phone.ended({ withinMs: 3000 });
    await floor.tells('LegEnded', (event) => event.leg === leg);
    await floor.clear();
  },
);
