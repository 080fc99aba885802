import { csrfHeader } from '@cordboard/contracts';
import { z } from 'zod';
import { sessionCookie } from '../identity/cookie.ts';
import type { Route } from './route.ts';

type Json = Readonly<Record<string, unknown>>;

/** https://spec.openapis.org/oas/v3.1.1.html */
export interface OpenApi extends Json {
  readonly openapi: '3.1.1';
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly components: Json & { readonly schemas: Readonly<Record<string, Json>> };
}

/** The API's description, made from the routes themselves: what is described is what is checked. */
export const openApi = (routes: readonly Route[]): OpenApi => {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Cordboard',
      version: '1',
      description:
        'Call control for contact centres. Sign in with POST /api/session; every error is application/problem+json.',
    },
    paths,
    components: {
      schemas: namedSchemas(),
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: sessionCookie },
        csrfToken: { type: 'apiKey', in: 'header', name: csrfHeader },
      },
      responses: {
        Problem: {
          description: 'Why not, and what to do',
          content: { 'application/problem+json': { schema: { $ref: reference('Problem') } } },
        },
      },
    },
  };
};

const operation = (route: Route): Json => {
  const { method, summary, roles, body, answer, mediaType = 'application/json' } = route;
  const security = method === 'get' ? { session: [] } : { session: [], csrfToken: [] };
  return {
    operationId: operationId(route),
    summary,
    ...(roles === 'everyone' ? { security: [] } : { security: [security], 'x-roles': roles }),
    parameters: [...parameters('path', route.params), ...parameters('query', route.query)],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: !body.safeParse(undefined).success,
            content: { 'application/json': { schema: describe(body) } },
          },
        }),
    responses: {
      [String(route.status ?? (answer === undefined ? 204 : 200))]:
        answer === undefined
          ? { description: 'Done' }
          : { description: 'Done', content: { [mediaType]: { schema: describe(answer) } } },
      default: { $ref: '#/components/responses/Problem' },
    },
  };
};

/** `getApiCallsIdWhy` */
const operationId = ({ method, path }: Route): string =>
  method + path.replaceAll(/[^a-zA-Z]+([a-zA-Z]?)/g, (_, letter: string) => letter.toUpperCase());

const parameters = (where: 'path' | 'query', schema: z.ZodType | undefined): readonly Json[] => {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = describe(schema) as {
    properties?: Record<string, Json>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: property,
  }));
};

const reference = (id: string): string => `#/components/schemas/${id}`;

/** One schema, in which those with a name of their own are referred to by it. */
const describe = (schema: z.ZodType): Json => {
  const { $schema: _, $defs: __, ...described } = z.toJSONSchema(schema, { io: 'input' });
  return pointedAtComponents(described) as Json;
};

/** Every schema of the contracts that has an id. */
const namedSchemas = (): Record<string, Json> => {
  const { schemas } = z.toJSONSchema(z.globalRegistry, { uri: reference, io: 'input' });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _, $id: __, id: ___, ...schema }]) => [id, schema as Json]),
  );
};

const pointedAtComponents = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(pointedAtComponents);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) =>
      key === '$ref' && typeof value === 'string'
        ? [key, value.replace('#/$defs/', '#/components/schemas/')]
        : [key, pointedAtComponents(value)],
    ),
  );
};
