import { expect, test } from 'vitest';
import { readServiceConfiguration } from './service-configuration.ts';

const environment = {
  REDIS_URL: 'redis://:r@127.0.0.1:16379',
  DATABASE_URL: 'postgresql://cordboard:p@127.0.0.1:15432/cordboard',
  ARI_URL: 'http://127.0.0.1:18088',
  ARI_USER: 'cordboard',
  ARI_PASSWORD: 'a',
  CORDBOARD_HOME: '/srv/cordboard',
};

test('a process learns all it needs from its environment', () => {
  expect(readServiceConfiguration({ ...environment, CORDBOARD_HTTP_PORT: '8081', LOG_LEVEL: 'debug' })).toEqual({
    redisUrl: 'redis://:r@127.0.0.1:16379',
    databaseUrl: 'postgresql://cordboard:p@127.0.0.1:15432/cordboard',
    ari: { url: 'http://127.0.0.1:18088', user: 'cordboard', password: 'a', transport: 'auto', app: 'cordboard-1' },
    http: { host: '127.0.0.1', port: 8081 },
    logLevel: 'debug',
    dataFolder: '/srv/cordboard/data',
    smtp: undefined,
    voicemailDays: 180,
    webRoot: undefined,
    httpLookUps: { hosts: [], innerHosts: [] },
  });
});

test.each(['REDIS_URL', 'DATABASE_URL', 'ARI_URL'])('a process without %s says so', (name) => {
  expect(() => readServiceConfiguration({ ...environment, [name]: undefined })).toThrow(
    new RegExp(`^${name} is missing`),
  );
});

test('e-mail needs a server and an address to write from', () => {
  const smtp = { SMTP_URL: 'smtp://127.0.0.1:2525', SMTP_FROM: 'calls@example.com' };
  expect(readServiceConfiguration({ ...environment, ...smtp }).smtp).toEqual({
    url: 'smtp://127.0.0.1:2525',
    from: 'calls@example.com',
  });
  expect(() => readServiceConfiguration({ ...environment, SMTP_URL: smtp.SMTP_URL })).toThrow(/SMTP_FROM is not/);
  expect(() => readServiceConfiguration({ ...environment, ...smtp, SMTP_FROM: 'nobody' })).toThrow(/^SMTP_FROM/);
});
