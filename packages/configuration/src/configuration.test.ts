import { describe, expect, test } from 'vitest';
import { readConfiguration } from './configuration.ts';

const home = { HOME: '/home/ana' };

describe('the configuration of an installation', () => {
  test('needs nothing: everything has a default', () => {
    expect(readConfiguration(home)).toEqual({
      home: '/home/ana/.cache/cordboard',
      host: '127.0.0.1',
      ports: {
        http: 8080,
        sip: 5060,
        rtp: { first: 16_000, last: 17_999 },
        ari: 18_088,
        redis: 16_379,
        postgres: 15_432,
      },
      databaseUrl: undefined,
      redisUrl: undefined,
      ari: undefined,
      ariTransport: 'auto',
      app: 'cordboard-1',
      standby: false,
      logLevel: 'info',
    });
  });

  test('follows the XDG cache folder, and CORDBOARD_HOME before it', () => {
    expect(readConfiguration({ ...home, XDG_CACHE_HOME: '/var/cache' }).home).toBe('/var/cache/cordboard');
    expect(readConfiguration({ ...home, XDG_CACHE_HOME: '/var/cache', CORDBOARD_HOME: '/srv/cb' }).home).toBe(
      '/srv/cb',
    );
  });

  test('takes an empty variable for an absent one', () => {
    expect(readConfiguration({ ...home, CORDBOARD_HTTP_PORT: ' ', DATABASE_URL: '' })).toEqual(readConfiguration(home));
  });

  test('takes servers of one’s own by URL', () => {
    const read = readConfiguration({
      ...home,
      DATABASE_URL: 'postgresql://ana:secret@db:5432/calls',
      REDIS_URL: 'redis://:secret@cache:6379/',
      ARI_URL: 'http://pbx:8088/ari/',
      ARI_USER: 'ana',
      ARI_PASSWORD: 'secret',
    });
    expect(read.databaseUrl).toBe('postgresql://ana:secret@db:5432/calls');
    expect(read.redisUrl).toBe('redis://:secret@cache:6379');
    expect(read.ari).toEqual({ url: 'http://pbx:8088', user: 'ana', password: 'secret' });
  });

  test.each([
    [{ CORDBOARD_HTTP_PORT: 'eighty' }, /^CORDBOARD_HTTP_PORT \(now "eighty"\) must be a port number/],
    [{ CORDBOARD_SIP_PORT: '70000' }, /^CORDBOARD_SIP_PORT .* between 1 and 65535/],
    [{ CORDBOARD_RTP_PORTS: '16000' }, /^CORDBOARD_RTP_PORTS .* 16000-17999/],
    [{ CORDBOARD_RTP_PORTS: '17999-16000' }, /^CORDBOARD_RTP_PORTS .* at least four/],
    [{ CORDBOARD_HOST: 'example.org' }, /^CORDBOARD_HOST .* IP address/],
    [{ CORDBOARD_APP: 'a,b' }, /^CORDBOARD_APP .* lower-case letters/],
    [{ CORDBOARD_STANDBY: 'perhaps' }, /^CORDBOARD_STANDBY .* yes or no/],
    [{ ARI_TRANSPORT: 'pigeon' }, /^ARI_TRANSPORT .* websocket/],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL .* info/],
    [{ DATABASE_URL: 'mysql://db' }, /^DATABASE_URL must be a URL such as postgresql:/],
    [{ ARI_URL: 'http://pbx:8088' }, /ARI_USER is not/],
    [{ ARI_URL: 'http://pbx:8088', ARI_USER: 'ana' }, /ARI_PASSWORD is not/],
    [
      { CORDBOARD_HTTP_PORT: '5060' },
      /CORDBOARD_HTTP_PORT.*CORDBOARD_SIP_PORT|CORDBOARD_SIP_PORT.*CORDBOARD_HTTP_PORT/,
    ],
    [{ CORDBOARD_SIP_PORT: '16500' }, /^CORDBOARD_SIP_PORT \(16500\) lies in CORDBOARD_RTP_PORTS/],
  ])('says in one sentence what is wrong with %j', (variables, sentence) => {
    expect(() => readConfiguration({ ...home, ...variables })).toThrow(
      expect.objectContaining({ name: 'ConfigurationError', message: expect.stringMatching(sentence) }),
    );
  });

  test('does not repeat a password in its message', () => {
    expect(() => readConfiguration({ ...home, DATABASE_URL: 'mysql://ana:hush@db' })).toThrow(/^(?!.*hush)/);
  });
});
