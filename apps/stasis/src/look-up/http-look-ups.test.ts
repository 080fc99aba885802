import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AskId, HttpQuestion } from '@cordboard/core';
import { afterEach, expect, test } from 'vitest';
import { isInner } from './address.ts';
import { createHttpLookUps } from './http-look-ups.ts';

let server: Server | undefined;
afterEach(() => server?.close());

const serve = async (listener: RequestListener): Promise<string> => {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const question = (url: string, changes: Partial<HttpQuestion> = {}): HttpQuestion => ({
  ask: 'c1.h1' as AskId,
  method: 'GET',
  url,
  headers: {},
  timeoutMs: 2000,
  ...changes,
});

const json = (said: string): RequestListener => {
  return (_, response) => response.setHeader('content-type', 'application/json').end(said);
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
};

test('an allowed host is asked, and its JSON comes back', async () => {
  const asked: string[] = [];
  const host = await serve((request, response) => {
    void bodyOf(request).then((text) => {
      asked.push(`${request.method} ${request.url} ${request.headers.host} ${request.headers['x-key']} ${text}`);
      response.end('{"order":{"status":"sent"}}');
    });
  });
  const lookUps = createHttpLookUps({ hosts: [], innerHosts: [host] });
  const answer = await lookUps.ask(
    question(`http://${host}/orders?id=7`, {
      method: 'POST',
      body: '{"pin":"1234"}',
      headers: { 'X-Key': 'k', Host: 'elsewhere' },
    }),
  );
  expect(answer).toEqual({ ok: true, body: { order: { status: 'sent' } } });
  expect(asked).toEqual([`POST /orders?id=7 ${host} k {"pin":"1234"}`]);
});

test('a host that nobody has named is not asked', async () => {
  const host = await serve(json('{}'));
  const answer = await createHttpLookUps({ hosts: [], innerHosts: [] }).ask(question(`http://${host}/`));
  expect(answer).toEqual({ ok: false, because: expect.stringContaining('CORDBOARD_HTTP_HOSTS') });
});

test.each(['http://127.0.0.1:PORT/', 'http://localhost:PORT/', 'http://[::1]:PORT/', 'http://0x7f.1:PORT/'])(
  'one that is named, but turns out to be on this machine, is not asked: %s',
  async (form) => {
    const host = await serve(json('{}'));
    const url = form.replace('PORT', host.split(':')[1] ?? '');
    const hosts = [new URL(url).hostname];
    expect(await createHttpLookUps({ hosts, innerHosts: [] }).ask(question(url))).toEqual({
      ok: false,
      because: expect.stringContaining('CORDBOARD_HTTP_INNER_HOSTS'),
    });
  },
);

test.each<[string, RequestListener, string]>([
  ['a redirection is not followed', (_, response) => response.writeHead(302, { location: 'http://x/' }).end(), '302'],
  ['an error is told', (_, response) => response.writeHead(500).end(), '500'],
  ['what is no JSON is told', json('<html>'), 'not JSON'],
  ['what is too long is not read to its end', json(`"${'x'.repeat(70_000)}"`), 'longer'],
  ['what never comes is not waited for', () => undefined, 'no answer within 200 ms'],
  ['what comes drop by drop neither', (_, response) => void response.write('{'), 'no answer within 200 ms'],
  ['what is cut off is told', (request) => void request.socket.destroy(), 'ECONNRESET'],
])('%s', async (_, listener, because) => {
  const host = await serve(listener);
  const lookUps = createHttpLookUps({ hosts: [], innerHosts: [host] });
  expect(await lookUps.ask(question(`http://${host}/`, { timeoutMs: 200 }))).toEqual({
    ok: false,
    because: expect.stringContaining(because),
  });
});

test('a slow answer keeps nobody else waiting', async () => {
  const host = await serve((request, response) => {
    if (request.url === '/slow') setTimeout(() => response.end('1'), 300);
    else response.end('2');
  });
  const lookUps = createHttpLookUps({ hosts: [], innerHosts: [host] });
  const order: unknown[] = [];
  const slow = lookUps.ask(question(`http://${host}/slow`)).then((answer) => order.push(answer));
  await lookUps.ask(question(`http://${host}/quick`)).then((answer) => order.push(answer));
  await slow;
  expect(order).toEqual([
    { ok: true, body: 2 },
    { ok: true, body: 1 },
  ]);
});

test.each([
  ['127.0.0.1', true],
  ['10.1.2.3', true],
  ['172.31.0.1', true],
  ['172.32.0.1', false],
  ['169.254.169.254', true],
  ['192.168.1.1', true],
  ['8.8.8.8', false],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['fd00::1', true],
  ['fe80::1', true],
  ['2606:4700::1111', false],
  ['localhost', true],
])('%s: in the house is %s', (address, expected) => {
  expect(isInner(address)).toBe(expected);
});
