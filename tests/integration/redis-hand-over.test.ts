import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfiguration } from '@cordboard/configuration';
import { ensureRoot, freePorts, type Server, startRedis } from '@cordboard/embedded';
import { connectRedis, createExchangeStore, whenReady } from '@cordboard/redis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../support/until.ts';

let folder: string;
let server: Server;

beforeAll(async () => {
  const root = await ensureRoot({ home: readConfiguration(process.env).home, report: () => undefined });
  folder = await mkdtemp(join(tmpdir(), 'cordboard-redis-'));
  const [port = 0] = await freePorts(1);
  server = await startRedis({ root, folder, port, password: 'for-this-test' });
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

test('what call control has handed over is saved, though it is killed in that very moment', async () => {
  const committer = fileURLToPath(new URL('./redis-committer.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=source', committer, server.url, '20'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGKILL');
  const redis = connectRedis(server.url, { name: 'test' });
  await whenReady(redis, 5000);
  const store = createExchangeStore(redis);
  await until('all twenty calls are there', async () => (await store.load()).calls.length === 20);
  redis.disconnect();
});
