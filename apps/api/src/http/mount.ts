import { type Express, type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { admit } from '../identity/admit.ts';
import { clearSession, giveSession } from '../identity/cookie.ts';
import type { Parts } from '../parts.ts';
import { readJson } from './read-json.ts';
import { Refusal } from './refusal.ts';
import { requestTimes } from './request-times.ts';
import type { Route } from './route.ts';
import { sendFile } from './send-file.ts';
import { validate } from './validate.ts';

/** Puts the routes into the app, each with its checks; a known path asked by another method says which it knows. */
export const mount = (app: Express, routes: readonly Route[], parts: Parts): void => {
  const router = Router({ caseSensitive: true });
  const measure = requestTimes(parts.metrics);
  for (const route of routes) router[route.method](route.path, measure(route), serve(route, parts));
  for (const [path, methods] of methodsByPath(routes)) router.all(path, refuseMethod(methods));
  app.use(router);
};

const nothing = z.strictObject({});

/** In this order: who, whence, may they, what, is it well formed; then the handler, then the answer by its schema. */
const serve =
  (route: Route, parts: Parts): RequestHandler =>
  async (request, response) => {
    response.setHeader('cache-control', 'no-store');
    const person = await admit(route, request, parts);
    const params = validate('path', route.params ?? nothing, request.params);
    const query = validate('query', route.query ?? nothing, request.query);
    const body = route.method === 'get' ? undefined : await readBody(route, request, response);
    const answer = await route.handle(
      {
        params,
        query,
        body,
        person,
        address: request.ip ?? '',
        reply: {
          status: (code) => {
            response.status(code);
          },
          session: (token) =>
            token === undefined ? clearSession(request, response) : giveSession(request, response, token),
        },
      },
      parts,
    );
    if (person !== undefined && route.method !== 'get') {
      const callId = route.path.startsWith('/api/calls/:id') ? request.params.id : undefined;
      const { method, path } = request;
      parts.log.info({ callId, userId: person.user.id, method, path }, 'request carried out');
    }
    if (route.status !== undefined) response.status(route.status);
    if (route.sendsFile) await sendFile(response, String(answer), route.mediaType);
    else if (route.answer === undefined) response.status(204).end();
    else if (route.mediaType === undefined) response.json(route.answer.parse(answer));
    else response.type(route.mediaType).send(answer);
  };

/** Where nothing is asked for, nothing or an empty object may be sent. */
const readBody = async (route: Route, request: Request, response: Response): Promise<unknown> =>
  validate('body', route.body ?? nothing.optional(), await readJson(request, response));

const methodsByPath = (routes: readonly Route[]): ReadonlyMap<string, readonly string[]> => {
  const methods = new Map<string, string[]>();
  for (const { method, path } of routes)
    methods.set(path, [...(methods.get(path) ?? []), method.toUpperCase(), ...(method === 'get' ? ['HEAD'] : [])]);
  return methods;
};

const refuseMethod =
  (methods: readonly string[]): RequestHandler =>
  (request) => {
    const allow = methods.join(', ');
    throw new Refusal('method-not-allowed', `${request.method} is not known here. Use ${allow}.`, {
      headers: { allow },
    });
  };
