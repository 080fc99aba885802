import { once } from 'node:events';
import { TelephonyUnavailable } from '@cordboard/application';
import { AriRefused, type AriTransport } from '@cordboard/ari';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { until } from '../support/until.ts';
import { type AriLab, type CreateTransport, type Heard, listenTo, sayTo, whenConnected } from './ari-lab.ts';
import { askAri } from './embedded-lab.ts';

/** What every transport has to do, against a real Asterisk. */
export const transportContract = (
  kind: AriTransport['kind'],
  create: () => CreateTransport,
  laboratory: () => AriLab,
): void => {
  const open: AriTransport[] = [];
  const proxies: TcpProxy[] = [];
  let count = 0;

  /** A transport with an application of its own. */
  const aTransport = (options: Partial<Parameters<CreateTransport>[0]> = {}): AriTransport & Heard => {
    count += 1;
    const app = `${kind}-${count}`;
    const transport = listenTo(create(), { ...laboratory().access, app, events: ['ChannelUserevent'], ...options });
    open.push(transport);
    return transport;
  };
  const connected = async (options: Partial<Parameters<CreateTransport>[0]> = {}): Promise<AriTransport & Heard> => {
    const transport = aTransport(options);
    await whenConnected(transport);
    return transport;
  };
  /** The way to Asterisk through something that can fail. */
  const aProxy = async (): Promise<TcpProxy & { readonly url: string }> => {
    const proxy = await startTcpProxy({ host: '127.0.0.1', port: laboratory().lab.ports.ari });
    proxies.push(proxy);
    return Object.assign(proxy, { url: `http://127.0.0.1:${proxy.port}` });
  };
  /** A channel that has entered the application, without a phone: one end of a Local channel whose other hears an apology. */
  const aChannel = async (transport: AriTransport, channelId: string): Promise<void> => {
    await transport.request('channels.originate', {
      channelId,
      endpoint: 'Local/apology@degraded',
      app: transport.app,
      appArgs: 'leg,test',
      callerId: '"" <1>',
      timeout: 5,
      variables: {},
    });
    await until(
      'the channel is up',
      async () => (await askAri(laboratory().asterisk, 'GET', `channels/${channelId}`)).status === 200,
    );
  };

  afterEach(async () => {
    await Promise.all(open.splice(0).map((transport) => transport.close()));
    await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
  });

  describe(`over ${kind}, a request`, () => {
    test('is answered', async () => {
      const transport = await connected();
      expect(transport.kind).toBe(kind);
      expect(await transport.request('asterisk.getInfo', { only: 'system' })).toMatchObject({
        system: { version: expect.stringMatching(/^22\.10\.1/) },
      });
      expect(transport.states.at(-1)).toMatchObject({ is: 'connected', version: expect.stringMatching(/^22\.10\.1/) });
    });

    test('that Asterisk refuses says what, why and in Asterisk’s words', async () => {
      const transport = await connected();
      const unknown = transport.request('channels.answer', { channelId: 'nobody' });
      await expect(unknown).rejects.toBeInstanceOf(AriRefused);
      await expect(unknown).rejects.toMatchObject({
        operation: 'channels.answer',
        status: 404,
        reason: 'Channel not found',
      });
      const channelId = `${kind}.twice`;
      await aChannel(transport, channelId);
      const again = aChannel(transport, channelId);
      await expect(again).rejects.toMatchObject({
        status: 409,
        reason: 'Channel with given unique ID already exists',
      });
      await transport.request('channels.hangup', { channelId, reason_code: '16' });
    });

    test('is answered while Asterisk refuses another application of ours again and again', async () => {
      const transport = await connected();
      const refused = aTransport({ subscribe: ['endpoint:NoSuchTechnology'] });
      let asked = 0;
      while (refused.losses.length < 3) {
        // Several at once: one of them is under way whenever the other is refused.
        await Promise.all([1, 2, 3].map(() => transport.request('channels.list', {})));
        asked += 3;
      }
      expect(refused.losses).toContainEqual(expect.stringContaining('Event source does not exist'));
      expect(asked).toBeGreaterThan(3);
    }, 30_000);

    test('for a list is answered however long that is, and Asterisk lives on', async () => {
      const transport = await connected({ timeoutMs: 10_000 });
      const { asterisk } = laboratory();
      const bridges = Array.from({ length: 3000 }, (_, index) => `${kind}.many.${index}`);
      const ofEach = async (ask: (bridgeId: string) => Promise<void>): Promise<void> => {
        for (let from = 0; from < bridges.length; from += 50)
          await Promise.all(bridges.slice(from, from + 50).map((bridgeId) => ask(bridgeId)));
      };
      await ofEach((bridgeId) => transport.request('bridges.create', { bridgeId, type: 'mixing', name: 'many' }));
      const pid = asterisk.pid;
      const listed = await transport.request('bridges.list', {});
      const there = new Set(listed.map(({ id }) => id));
      expect(bridges.filter((id) => !there.has(id))).toEqual([]);
      // What of it goes onto the stack of a thread of Asterisk's must fit there.
      expect(JSON.stringify((await askAri(asterisk, 'GET', 'bridges')).body).length).toBeGreaterThan(496 * 1024);
      await ofEach((bridgeId) => transport.request('bridges.destroy', { bridgeId }));
      expect(asterisk.pid).toBe(pid);
    }, 60_000);

    test('carries whatever a value may hold', async () => {
      const transport = await connected();
      const odd = `é ☎ "quoted" 'so' \\ % & ? # / \t;, ${'long '.repeat(1500)}`;
      const auth = { configClass: 'res_pjsip', objectType: 'auth', id: `odd-${kind}` } as const;
      await transport.request('asterisk.updateObject', {
        ...auth,
        fields: [
          { attribute: 'auth_type', value: 'userpass' },
          { attribute: 'username', value: 'odd' },
          { attribute: 'password', value: odd },
        ],
      });
      const { body } = await askAri(laboratory().asterisk, 'GET', `asterisk/config/dynamic/res_pjsip/auth/odd-${kind}`);
      expect(body).toContainEqual({ attribute: 'password', value: odd });
      await transport.request('asterisk.deleteObject', auth);
    });

    test('is carried out after those that were made before it for the same call', async () => {
      const transport = await connected();
      const calls = ['one', 'two', 'three', 'four', 'five', 'six'];
      // To destroy a bridge that is not there yet would be refused.
      const work = Array.from({ length: 30 }, (_, round) =>
        calls.flatMap((call) => {
          const bridgeId = `${kind}.${call}.${round}`;
          return [
            transport.request('bridges.create', { bridgeId, type: 'mixing', name: call }, { order: call }),
            transport.request('bridges.destroy', { bridgeId }, { order: call }),
          ];
        }),
      );
      await Promise.all(work.flat());
    });

    test('that takes its time holds up its own call only, and does not cost the connection', async () => {
      const pingsAreShort = { everyMs: 200, withinMs: 200 };
      const transport = await connected({ timeoutMs: 8000, ping: pingsAreShort });
      const channelId = `${kind}.busy`;
      await aChannel(transport, channelId);
      await until('the channel is in the application', async () => {
        const media = ['sound:queue-thankyou'];
        return transport.request('channels.play', { channelId, playbackId: `${kind}.p`, media, lang: 'en' }).then(
          () => true,
          () => false,
        );
      });
      const since = performance.now();
      const ended: string[] = [];
      const slow = transport
        .request('channels.answer', { channelId }, { order: 'slow' })
        .then(() => ended.push('slow'));
      const next = transport
        .request('asterisk.getInfo', { only: 'system' }, { order: 'slow' })
        .then(() => ended.push('next of its call'));
      for (let round = 0; round < 20; round += 1)
        await transport.request('asterisk.getInfo', { only: 'system' }, { order: `quick-${round}` });
      expect(performance.now() - since).toBeLessThan(1000);
      await Promise.all([slow, next]);
      expect(ended).toEqual(['slow', 'next of its call']);
      expect(performance.now() - since).toBeGreaterThan(1000);
      expect(transport.losses).toEqual([]);
      await transport.request('channels.hangup', { channelId, reason_code: '16' });
    });

    test('that is not answered in time fails, and says so', async () => {
      const { url, swallow } = await aProxy();
      const transport = await connected({ url, timeoutMs: 300 });
      swallow();
      const request = transport.request('asterisk.getInfo', { only: 'system' }, { order: 'c1' });
      await expect(request).rejects.toBeInstanceOf(TelephonyUnavailable);
      await expect(request).rejects.toThrow('asterisk.getInfo: Asterisk has not answered for 300 ms');
    });

    test('that is made while there is no connection fails at once, and says why', async () => {
      const transport = aTransport();
      await expect(transport.request('asterisk.getInfo', { only: 'system' })).rejects.toThrow(
        'asterisk.getInfo: not connected yet',
      );
      await transport.close();
      await expect(transport.request('asterisk.getInfo', { only: 'system' })).rejects.toThrow('closed');
    });
  });

  describe(`over ${kind}, events`, () => {
    test('are those asked for and no others', async () => {
      const wanted = await connected();
      const unwanted = await connected({ events: ['StasisStart'] });
      for (const transport of [unwanted, wanted]) await sayTo(laboratory().asterisk, transport.app, 'hello');
      await until('the event', () => wanted.events.length > 0);
      expect(wanted.events).toMatchObject([{ type: 'ChannelUserevent', eventname: 'hello' }]);
      // An answer that comes after it, on the same connection.
      await unwanted.request('asterisk.getInfo', { only: 'system' });
      expect(unwanted.events).toEqual([]);
    });

    test('arrive in order, however many there are', async () => {
      const transport = await connected();
      const names = Array.from({ length: 300 }, (_, index) => `event-${index}`);
      for (const name of names) await sayTo(laboratory().asterisk, transport.app, name);
      await until('all events', () => transport.events.length >= names.length);
      expect(transport.events.map(({ eventname }) => eventname)).toEqual(names);
    });
  });

  describe(`over ${kind}, a connection`, () => {
    test('outlives Asterisk, again and again: events and filter are there each time, and nothing is left over', async () => {
      const transport = await connected();
      const unwanted = await connected({ events: [] });
      const handles = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
      const before = handles();
      for (const round of [2, 3]) {
        await laboratory().kill();
        await until('the loss is noticed', () => transport.states.at(-1)?.is === 'disconnected');
        await expect(transport.request('asterisk.getInfo', { only: 'system' })).rejects.toBeInstanceOf(
          TelephonyUnavailable,
        );
        await laboratory().start();
        await Promise.all([whenConnected(transport, round), whenConnected(unwanted, round)]);
        for (const { app } of [unwanted, transport]) await sayTo(laboratory().asterisk, app, `round-${round}`);
        await until('the event', () => transport.events.at(-1)?.eventname === `round-${round}`);
        await unwanted.request('asterisk.getInfo', { only: 'system' });
      }
      expect(transport.events).toHaveLength(2);
      expect(unwanted.events).toEqual([]);
      await until('as many sockets as before', () => handles() <= before);
    });

    test('that is cut without a word is noticed, and made anew', async () => {
      const { url, swallow, restore } = await aProxy();
      const transport = await connected({ url, ping: { everyMs: 100, withinMs: 200 }, timeoutMs: 500 });
      swallow();
      const since = performance.now();
      await until('the loss is noticed', () => transport.states.at(-1)?.is === 'disconnected');
      expect(performance.now() - since).toBeLessThan(1000);
      expect(transport.states.at(-1)).toEqual({
        is: 'disconnected',
        because: 'Asterisk has not answered a ping for 200 ms',
      });
      restore();
      const restored = performance.now();
      await whenConnected(transport, 2);
      expect(performance.now() - restored).toBeLessThan(5000);
      await sayTo(laboratory().asterisk, transport.app, 'again');
      await until('the event', () => transport.events.length > 0);
    });

    test('whose application another process takes ends for good, without a fight', async () => {
      const proxy = await aProxy();
      const transport = await connected({ url: proxy.url });
      const { url, user, password } = laboratory().access;
      const other = new WebSocket(`${url.replace('http', 'ws')}/ari/events?app=${transport.app}`, {
        auth: `${user}:${password}`,
      });
      const closed = once(other, 'close').then(() => 'closed');
      await once(other, 'open');
      await until('the loss is noticed', () => transport.states.at(-1)?.is === 'replaced');
      await until('all connections are closed', () => proxy.open === 0);
      const { made } = proxy;
      await expect(transport.request('asterisk.getInfo', { only: 'system' })).rejects.toThrow(
        'another process has taken the name of this application',
      );
      // Longer than any first wait before a connection is tried again.
      expect(await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 500))])).toBeUndefined();
      expect(proxy.made).toBe(made);
      expect(transport.states.at(-1)).toEqual({ is: 'replaced' });
      other.terminate();
    });

    test.each([
      ['password', { password: 'wrong' }, 'Asterisk refuses the user or the password of ARI (ARI_USER, ARI_PASSWORD)'],
      ['address', { url: 'http://127.0.0.1:9' }, /127\.0\.0\.1:9/],
    ])('with a wrong %s says what to change', async (_, options, sentence) => {
      const transport = aTransport(options);
      await until('the failure', () => transport.losses.length > 1);
      expect(transport.losses[0]).toMatch(sentence);
      await expect(transport.request('asterisk.getInfo', { only: 'system' })).rejects.toThrow(sentence);
      expect(JSON.stringify([transport.losses, transport.states])).not.toContain('wrong');
    });

    test('to an ARI that has been moved says so', async () => {
      const transport = aTransport({ url: `${laboratory().access.url}/elsewhere` });
      await until('the failure', () => transport.losses.length > 0);
      expect(transport.losses[0]).toBe('there is no ARI at this address (ARI_URL), or its modules are not loaded');
    });
  });
};
