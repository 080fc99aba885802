import { spawn } from 'node:child_process';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Servers } from '@cordboard/embedded';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshHome } from './embedded-command.ts';
import { type Lab, openLab } from './embedded-lab.ts';

const main = fileURLToPath(new URL('../../apps/cli/dist/main.js', import.meta.url));

let lab: Lab;
let servers: Servers;
let home: string;
let oldAsterisk: HttpServer;

beforeAll(async () => {
  lab = await openLab();
  servers = await lab.start();
  home = await freshHome(lab.folder);
  oldAsterisk = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ system: { version: '16.30.1' } }));
  }).listen(0, '127.0.0.1');
});
afterAll(async () => {
  oldAsterisk.close();
  await servers.stop();
  await lab.clear();
});

/** Runs a command to its end. */
const cordboard = (
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<{ code: number | null; said: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...args], {
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', CORDBOARD_HOME: home, ...environment },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
    child.on('close', (code) => resolve({ code, said }));
  });

const wrongPassword = (url: string): string => {
  const wrong = new URL(url);
  wrong.password = 'wrong';
  return wrong.href;
};

test('without a command it tells what there is', async () => {
  const { code, said } = await cordboard(['help'], {});
  expect(code).toBe(0);
  expect(said).toMatch(/start .*\n.*demo .*\n.*doctor /);
});

test('an unknown command is refused', async () => {
  expect(await cordboard(['dance'], {})).toEqual({ code: 1, said: expect.stringContaining('no command "dance"') });
});

test('doctor finds nothing broken with servers of one’s own', async () => {
  const { code, said } = await cordboard(['doctor'], {
    ...servers.environment,
    CORDBOARD_HTTP_PORT: String(lab.ports.sip + 1),
  });
  expect(said).toMatch(/✓ Redis +answers at/);
  expect(said).toMatch(/! PostgreSQL +answers at .* npm start will apply/);
  expect(said).toMatch(/✓ Asterisk +22\.10\.1.* answers at/);
  expect(said.includes('✗ Build') ? 1 : 0).toBe(code);
});

test('doctor says of each server that cannot be used what to do about it', async () => {
  const { code, said } = await cordboard(['doctor'], {
    ...servers.environment,
    REDIS_URL: wrongPassword(servers.environment.REDIS_URL),
    DATABASE_URL: 'postgresql://a:b@127.0.0.1:1/c',
    ARI_URL: `http://127.0.0.1:${(oldAsterisk.address() as AddressInfo).port}`,
    CORDBOARD_HTTP_PORT: String(lab.ports.ari),
  });
  expect(code).toBe(1);
  expect(said).toMatch(/✗ Ports +.* set CORDBOARD_HTTP_PORT to a free port/);
  expect(said).toMatch(/✗ Redis +.* REDIS_URL/);
  expect(said).toMatch(/✗ PostgreSQL +.* DATABASE_URL/);
  expect(said).toMatch(/✗ Asterisk +Asterisk 16\.30\.1 at ARI_URL is too old/);
  expect(said).toMatch(/\d broken: see above what to do about each\.$/m);
});

test.each([
  ['a wrong variable', () => ({ CORDBOARD_HTTP_PORT: 'eighty' }), 'CORDBOARD_HTTP_PORT'],
  ['an unreachable Redis', () => ({ REDIS_URL: 'redis://127.0.0.1:1' }), 'REDIS_URL'],
  ['a wrong password of Redis', () => ({ REDIS_URL: wrongPassword(servers.environment.REDIS_URL) }), 'REDIS_URL'],
  ['an unreachable PostgreSQL', () => ({ DATABASE_URL: 'postgresql://a:b@127.0.0.1:1/c' }), 'DATABASE_URL'],
  [
    'a wrong password of PostgreSQL',
    () => ({ DATABASE_URL: wrongPassword(servers.environment.DATABASE_URL) }),
    'DATABASE_URL',
  ],
  ['an unreachable Asterisk', () => ({ ARI_URL: 'http://127.0.0.1:1' }), 'ARI_URL'],
  ['a wrong password of Asterisk', () => ({ ARI_PASSWORD: 'wrong' }), 'ARI_PASSWORD'],
  [
    'an Asterisk that is too old',
    () => ({ ARI_URL: `http://127.0.0.1:${(oldAsterisk.address() as AddressInfo).port}` }),
    'set ARI_URL to one of release 22.10.1',
  ],
  ['a taken port', () => ({ CORDBOARD_HTTP_PORT: String(lab.ports.ari) }), 'CORDBOARD_HTTP_PORT'],
])('%s is told in one sentence that names what to change, and nothing is started', async (_, wrong, named) => {
  const environment = { ...servers.environment, CORDBOARD_HTTP_PORT: String(lab.ports.sip + 1), ...wrong() };
  const { code, said } = await cordboard(['start'], environment);
  expect(code).toBe(1);
  const last = said.trim().split('\n').at(-1) ?? '';
  expect(last).toContain(named);
  expect(last).not.toContain('    at ');
});

test.each([
  ['an option that is none', ['--colour', 'red'], {}, '--colour red'],
  ['a rate that is none', ['--rate', 'fast'], {}, '--rate 8'],
  ['a duration that is none', ['--for', 'ever'], {}, '--for 90s'],
  [
    'an Asterisk of one’s own',
    [],
    { ARI_URL: 'http://127.0.0.1:1', ARI_USER: 'a', ARI_PASSWORD: 'b' },
    'unset ARI_URL',
  ],
  ['phones that would have to speak IPv6', [], { CORDBOARD_HOST: '::1' }, 'CORDBOARD_HOST'],
])('the demo refuses %s in one sentence, and nothing is started', async (_, args, environment, named) => {
  const { code, said } = await cordboard(['demo', ...args], environment);
  expect(code).toBe(1);
  expect(said.trim().split('\n')).toHaveLength(1);
  expect(said).toContain(named);
});
