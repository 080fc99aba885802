import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiHouse, openApiHouse } from './api-house.ts';

let house: ApiHouse;
const script = 'console.info("the pages")';
beforeAll(async () => {
  house = await openApiHouse();
  const assets = join(house.webRoot, 'assets');
  await mkdir(assets, { recursive: true });
  await writeFile(join(house.webRoot, 'index.html'), '<!doctype html><title>Cordboard</title>');
  await writeFile(join(house.webRoot, 'favicon.svg'), '<svg/>');
  await writeFile(join(assets, 'index-BhX9_3kd.js'), script);
  await writeFile(join(assets, 'index-BhX9_3kd.js.br'), brotliCompressSync(script));
  await writeFile(join(assets, 'index-BhX9_3kd.js.gz'), gzipSync(script));
});
afterAll(() => house.close());

/** As the bytes come, without the decompression that fetch does. */
const get = (path: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; headers: Record<string, unknown>; length: number }>((resolve, reject) => {
    const asking = request(house.url, { path, headers }, (response) => {
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, length }));
    });
    asking.on('error', reject);
    asking.end();
  });

test.each(['/', '/board', '/desk', '/console', '/console/policy/versions'])(
  '%s is the page, never from a cache',
  async (path) => {
    const { status, headers } = await get(path);
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/html/);
    expect(headers['cache-control']).toBe('no-cache');
  },
);

test.each(['/boards', '/nothing', '/assets/missing-12345678.js', '/api/nothing', '/index.html.br', '/.env'])(
  '%s is nothing',
  async (path) => {
    const { status, headers } = await get(path);
    expect(status).toBe(404);
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
  },
);

test('what has a hash in its name is kept for ever, and comes compressed as the browser likes it', async () => {
  const path = '/assets/index-BhX9_3kd.js';
  const plain = await get(path);
  expect(plain).toMatchObject({ status: 200, length: script.length });
  expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  for (const [accept, encoding] of [
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
  ] as const) {
    const { status, headers } = await get(path, { 'accept-encoding': accept });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-encoding': encoding,
      'cache-control': expect.stringContaining('immutable'),
    });
    expect(headers['content-type']).toMatch(/^text\/javascript/);
    expect(headers.vary).toMatch(/accept-encoding/i);
  }
  expect((await get('/favicon.svg')).headers['cache-control']).toBe('no-cache');
});

test('a page may load and connect here and nowhere else, and runs no script of its own', async () => {
  const { headers } = await get('/board');
  const policy = String(headers['content-security-policy']);
  for (const directive of ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"])
    expect(policy).toContain(directive);
  expect(policy).not.toMatch(/unsafe|\*/);
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
  expect(headers).not.toHaveProperty('x-powered-by');
});

test('figures are for this machine and for administrators', async () => {
  expect((await get('/metrics')).status).toBe(200);
  const throughProxy = { 'x-forwarded-for': '192.0.2.7' };
  expect((await get('/metrics', throughProxy)).status).toBe(403);
  expect((await get('/metrics', { ...throughProxy, cookie: house.supervisor.cookie })).status).toBe(403);
  expect((await get('/metrics', { ...throughProxy, cookie: house.administrator.cookie })).status).toBe(200);
});
