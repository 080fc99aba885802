import { request } from 'node:http';
import { Problem } from '@cordboard/contracts';
import { serveControl } from '@cordboard/redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Route } from '../../apps/api/src/http/route.ts';
import { routes } from '../../apps/api/src/routes/index.ts';
import { type ApiHouse, openApiHouse } from './api-house.ts';

let house: ApiHouse;
let headers: Record<string, string>;
/** Call control that knows nobody. */
let control: (() => Promise<unknown>) | undefined;
beforeAll(async () => {
  house = await openApiHouse();
  const { csrfToken } = await house.administrator.ask<{ csrfToken: string }>('GET', '/api/session');
  control = await serveControl(house.redis, () => ({
    ok: false,
    code: 'no-such-call',
    detail: 'There is no such call.',
  }));
  headers = { cookie: house.administrator.cookie, 'x-csrf-token': csrfToken };
});
afterAll(async () => {
  await control?.();
  await house.close();
});

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** As no browser would: any body with any method, any bytes in the address. */
const send = (method: string, path: string, given: Record<string, string>, body?: string | Buffer): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const options = { method, path, headers: { ...headers, ...length, ...given } };
    const asking = request(house.url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: response.headers['content-type'] ?? '',
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    asking.on('error', reject);
    asking.end(body);
  });

const expectProblem = ({ status, type, body }: Answer, what: string, ...statuses: readonly number[]): void => {
  expect(statuses, `${what}: ${status} ${body.slice(0, 200)}`).toContain(status);
  expect(type, what).toMatch(/^application\/problem\+json/);
  const problem = Problem.parse(JSON.parse(body));
  expect(problem.status, what).toBe(status);
  expect(problem.detail.length, what).toBeGreaterThan(10);
  expect(body, what).not.toMatch(/node_modules|\n\s+at |prisma|SELECT /i);
};

const json = { 'content-type': 'application/json' };
const named = (route: Route): string => `${route.method.toUpperCase()} ${route.path}`;
/** The route with plausible names in its path. */
const pathOf = ({ path }: Route): string => path.replaceAll(':version', '1').replaceAll(/:\w+/g, '101');
/** Signing out would end the test's own session. */
const harmless = routes.filter((route) => named(route) !== 'DELETE /api/session');
const unsafe = harmless.filter(({ method }) => method !== 'get');
const withBody = unsafe.filter(({ body }) => body !== undefined);
const withParams = harmless.filter(({ params }) => params !== undefined);

describe.each(unsafe.map((route) => [named(route), route] as const))('%s', (name, route) => {
  const method = route.method.toUpperCase();
  const path = pathOf(route);

  test.each([
    ['{', 400],
    ['{"a":1}garbage', 400],
    ['"text"', 400],
    ['12', 400],
    ['NaN', 400],
    ['\u0000', 400],
    [Buffer.from([0xff, 0xfe, 0x00]), 400],
  ])('refuses what is not a JSON object: %j', async (body, status) => {
    expectProblem(await send(method, path, json, body), name, status);
  });

  test('refuses more than 256 kB', async () => {
    expectProblem(await send(method, path, json, `{"a":"${'x'.repeat(300 * 1024)}"}`), name, 413);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    'refuses a body that says it is "%s"',
    async (type) => {
      expectProblem(await send(method, path, type === '' ? {} : { 'content-type': type }, '{}'), name, 415);
    },
  );

  test('refuses an encoding that it cannot read', async () => {
    expectProblem(await send(method, path, { ...json, 'content-encoding': 'zstd' }, '{}'), name, 415);
    expectProblem(await send(method, path, { ...json, 'content-encoding': 'gzip' }, '{}'), name, 400);
  });

  test('refuses fields that nobody knows', async () => {
    expectProblem(await send(method, path, json, '{"noSuchField":true}'), name, 422);
    expectProblem(await send(method, path, json, '{"__proto__":{"role":"administrator"}}'), name, 422);
  });

  test('refuses a list', async () => {
    expectProblem(await send(method, path, json, '[]'), name, 422);
    expectProblem(await send(method, path, json, `${'['.repeat(100_000)}${']'.repeat(100_000)}`), name, 422);
  });

  test('refuses without the page’s token, from another site, and without a session', async () => {
    if (route.roles === 'everyone') return;
    expectProblem(await send(method, path, { ...json, 'x-csrf-token': 'wrong' }, '{}'), name, 403);
    expectProblem(await send(method, path, { ...json, origin: 'https://evil.example' }, '{}'), name, 403);
    expectProblem(await send(method, path, { ...json, cookie: 'cordboard.sid=guess' }, '{}'), name, 401);
  });
});

/** Wrong in every way that a field can be wrong in. */
const wrongValues = [null, true, -1, 1e308, 'x', '\0', '\ud800', '', 'x'.repeat(10_000), [], [null], {}, { a: {} }];

describe.each(withBody.map((route) => [named(route), route] as const))('%s', (name, route) => {
  test('refuses wrong types in every field', async () => {
    const fields = ['username', 'password', 'name', 'role', 'agentId', 'language', 'currentPassword', 'newPassword'];
    const more = [
      'id',
      'extension',
      'to',
      'reason',
      'numbers',
      'addresses',
      'server',
      'registration',
      'document',
      'note',
    ];
    for (const field of [...fields, ...more])
      for (const value of wrongValues) {
        const body = JSON.stringify({ [field]: value });
        const answer = await send(route.method.toUpperCase(), pathOf(route), json, body);
        const accepts = answer.status < 400 && route.body?.safeParse({ [field]: value }).success === true;
        if (!accepts) expectProblem(answer, `${name} ${body.slice(0, 60)}`, 400, 401, 404, 409, 422, 429);
      }
  });
});

describe.each(withParams.map((route) => [named(route), route] as const))('%s', (name, route) => {
  test.each([
    '%00',
    '%ud800',
    '%E0%A4%A',
    '..%2f..%2fetc%2fpasswd',
    "'%20OR%201=1--",
    'x'.repeat(5000),
    '%F0%9F%92%A9',
    '-1',
  ])('has an answer for %s in its path', async (odd) => {
    const path = route.path.replace(/:\w+/, odd).replaceAll(/:\w+/g, '1');
    const body = route.body === undefined || route.method === 'get' ? undefined : '{}';
    const answer = await send(route.method.toUpperCase(), path, body === undefined ? {} : json, body);
    expectProblem(answer, `${name} ${odd.slice(0, 20)}`, 400, 404, 409, 414, 422, 503);
  });
});

describe.each(routes.flatMap((route) => (route.method === 'get' ? [[named(route), pathOf(route)] as const] : [])))(
  '%s',
  (name, path) => {
    test.each([
      '?noSuchField=1',
      '?limit=x',
      '?limit=-1',
      '?limit=1e9',
      '?limit=1&limit=2',
      '?after=%00',
      '?__proto__=1',
    ])('refuses the query %s', async (query) => {
      expectProblem(await send('GET', `${path}${query}`, {}), `${name}${query}`, 401, 404, 422);
    });

    test('knows no other method', async () => {
      const known = routes.filter((route) => pathOf(route) === path).map(({ method }) => method.toUpperCase());
      for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
        if (!known.includes(method)) expectProblem(await send(method, path, {}), `${method} ${path}`, 405);
    });
  },
);

test('an address that nobody knows is a problem too, and so is a path that cannot be decoded', async () => {
  expectProblem(await send('GET', '/api/nothing', {}), 'unknown', 404);
  expectProblem(await send('POST', '/nothing', json, '{}'), 'unknown', 404);
  expectProblem(await send('GET', '/api/calls/%', {}), 'undecodable', 400);
  expectProblem(await send('GET', '/..%2f..%2fetc%2fpasswd', {}), 'traversal', 400, 403, 404);
});

test('what each role may not do, it cannot', async () => {
  const forbidden: string[] = [];
  for (const [role, person] of [
    ['supervisor', house.supervisor],
    ['agent', house.ana],
  ] as const)
    for (const route of routes) {
      if (route.roles === 'everyone' || route.roles.includes(role)) continue;
      const response = await person.send(route.method.toUpperCase(), pathOf(route));
      expect(response.status, `${role} ${named(route)}`).toBe(403);
      forbidden.push(named(route));
    }
  expect(forbidden.length).toBeGreaterThan(30);
});

test('nobody who is not signed in gets anything but the description and the signs of life', async () => {
  for (const route of routes) {
    if (route.roles === 'everyone') continue;
    const response = await fetch(`${house.url}${pathOf(route)}`, { method: route.method.toUpperCase() });
    expect(response.status, named(route)).toBe(401);
  }
});
