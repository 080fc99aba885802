import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createAriClientTransport, createWebsocketTransport } from '@cordboard/ari';
import { freePorts } from '@cordboard/embedded';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { until } from '../support/until.ts';
import { type AriLab, type CreateTransport, listenTo, openAriLab, whenConnected } from './ari-lab.ts';
import { transportContract } from './ari-transport-contract.ts';

let laboratory: AriLab;
let overAriClient: CreateTransport;

beforeAll(async () => {
  // swagger-client says on standard output what it thinks of Asterisk's description of itself.
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  laboratory = await openAriLab();
  overAriClient = await createAriClientTransport();
});
afterAll(async () => {
  vi.restoreAllMocks();
  await laboratory.close();
});

transportContract(
  'websocket',
  () => createWebsocketTransport,
  () => laboratory,
);
transportContract(
  'ari-client',
  () => overAriClient,
  () => laboratory,
);

test('however long Asterisk is away, it is found again', async () => {
  const [port = 0] = await freePorts(1);
  const options = { ...laboratory.access, url: `http://127.0.0.1:${port}`, events: [] };
  const transports = [
    listenTo(createWebsocketTransport, { ...options, app: 'patient-1', lanes: 1 }),
    listenTo(overAriClient, { ...options, app: 'patient-2' }),
  ];
  // ari-client by itself gives up after ten.
  await until('eleven failures', () => transports.every(({ losses }) => losses.length > 10), { withinMs: 45_000 });
  const proxy = await startTcpProxy({ host: '127.0.0.1', port: laboratory.lab.ports.ari }, { port });
  await Promise.all(transports.map((transport) => whenConnected(transport)));
  await Promise.all(transports.map((transport) => transport.close()));
  await proxy.close();
}, 60_000);

test.each(['websocket', 'ari-client'])(
  'a process that has closed its connection over %s can end',
  async (kind) => {
    const closer = fileURLToPath(new URL('./ari-closer.ts', import.meta.url));
    const { url, user, password } = laboratory.access;
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--conditions=source', closer, kind, JSON.stringify({ url, user, password })],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(String(chunk)));
    const exited = once(child, 'exit');
    // To start is a matter of seconds on a busy machine; a handle left open would keep it for ever.
    await until('it has closed', () => said.join('').includes('has closed') || child.exitCode !== null, {
      withinMs: 45_000,
    });
    expect(said.join('').slice(-600)).toContain('has closed');
    const closedAt = performance.now();
    expect((await exited)[0]).toBe(0);
    expect(performance.now() - closedAt).toBeLessThan(5000);
  },
  60_000,
);
