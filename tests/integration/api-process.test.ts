import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePorts } from '@cordboard/embedded';
import { io } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Person } from '../support/api.ts';
import { until } from '../support/until.ts';
import { type ApiHouse, openApiHouse, password } from './api-house.ts';

const projectFolder = fileURLToPath(new URL('../../', import.meta.url));
let house: ApiHouse;
const started: ChildProcess[] = [];
beforeAll(async () => {
  house = await openApiHouse();
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});
afterAll(() => house.close());

/** The API as `npm start` runs it. */
const start = (environment: Record<string, string>) => {
  const child = spawn(process.execPath, ['apps/api/dist/main.js'], {
    cwd: projectFolder,
    env: {
      PATH: process.env.PATH,
      REDIS_URL: house.servers.redis.url,
      DATABASE_URL: house.servers.postgres.url,
      ARI_URL: 'http://127.0.0.1:1',
      ARI_USER: 'nobody',
      ARI_PASSWORD: 'nothing',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return { child, ended, said: () => said };
};

test('asked to stop, it lets its pages go and ends within 5 s, with nothing amiss', async () => {
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const { child, ended, said } = start({ CORDBOARD_HTTP_PORT: String(port) });
  await until('the API', async () => (await fetch(`${url}/healthz`).catch(() => undefined))?.ok, { withinMs: 20_000 });
  const person = await new Person(url).signIn('sue', password);
  const page = io(url, { transports: ['websocket'], extraHeaders: { cookie: person.cookie }, reconnection: false });
  await once(page as never, 'connect');
  const began = performance.now();
  const cut = once(page as never, 'disconnect');
  child.kill('SIGTERM');
  await cut;
  expect(await ended).toBe(0);
  expect(performance.now() - began).toBeLessThan(5000);
  expect(said()).not.toMatch(/"level":"(warn|error|fatal)"/);
});

test.each([
  ['a port that is taken', { CORDBOARD_HTTP_PORT: 'taken' }, 'CORDBOARD_HTTP_PORT'],
  ['an address of another machine', { CORDBOARD_HOST: '192.0.2.1' }, 'CORDBOARD_HOST'],
  ['no Redis named', { REDIS_URL: '' }, 'REDIS_URL'],
])('%s is said in one sentence that names the variable', async (_, environment, variable) => {
  const given = { ...environment } as Record<string, string>;
  if (given.CORDBOARD_HTTP_PORT === 'taken') given.CORDBOARD_HTTP_PORT = new URL(house.url).port;
  const { ended, said } = start(given);
  expect(await ended).toBe(1);
  const sentences = said()
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('{'));
  expect(sentences).toHaveLength(1);
  expect(sentences[0]).toContain(variable);
});
