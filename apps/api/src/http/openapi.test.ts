import { expect, test } from 'vitest';
import { routes } from '../routes/index.ts';
import { openApi } from './openapi.ts';

const document = openApi(routes);
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

const referencesIn = (node: unknown): readonly string[] => {
  if (Array.isArray(node)) return node.flatMap(referencesIn);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => (key === '$ref' ? [String(value)] : referencesIn(value)));
};

const resolve = (reference: string): unknown =>
  reference
    .replace('#/', '')
    .split('/')
    .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);

test('every route is described, and nothing else', () => {
  const described = operations.map(({ method, path }) => `${method} ${path}`);
  expect(described.toSorted()).toEqual(
    routes.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`).toSorted(),
  );
});

test('every reference lands on a schema', () => {
  const references = new Set(referencesIn(document));
  expect(references.size).toBeGreaterThan(30);
  for (const reference of references) expect(resolve(reference), reference).toBeTypeOf('object');
});

test('every operation has a name of its own, a summary, an answer and a way to fail', () => {
  const names = operations.map(({ operation }) => operation.operationId);
  expect(new Set(names).size).toBe(names.length);
  for (const { operation } of operations) {
    expect(operation).toMatchObject({
      summary: expect.stringMatching(/^[A-Z]/),
      responses: { default: { $ref: '#/components/responses/Problem' } },
    });
    expect(Object.keys(operation.responses as object).some((status) => /^20[0-4]$/.test(status))).toBe(true);
  }
});

test('every part of a path that varies is described', () => {
  for (const { path, operation } of operations) {
    const inPath = (operation.parameters as { name: string; in: string; required: boolean }[]).filter(
      (parameter) => parameter.in === 'path',
    );
    expect(inPath.map(({ name }) => name)).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    expect(inPath.every(({ required }) => required)).toBe(true);
  }
});

test('passwords go in and do not come out', () => {
  const asked = new Set(['PhoneWithPassword', 'SignIn', 'PasswordChange', 'PasswordSetting']);
  for (const [name, schema] of Object.entries(document.components.schemas))
    if (!asked.has(name) && !name.endsWith('Input') && !name.endsWith('Change'))
      expect(JSON.stringify(schema), name).not.toMatch(/"(password|passwordHash)"/);
});

test('only signing in, the description and the service routes are open to everyone', () => {
  const open = routes.filter(({ roles }) => roles === 'everyone').map(({ method, path }) => `${method} ${path}`);
  expect(open.toSorted()).toEqual([
    'get /api/openapi.json',
    'get /healthz',
    'get /metrics',
    'get /readyz',
    'post /api/session',
  ]);
});
