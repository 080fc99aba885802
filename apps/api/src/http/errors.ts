import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Log } from '../foundations.ts';
import { Refusal } from './refusal.ts';
import { refusalOf } from './refusal-of.ts';

/** The last word on what nobody else answers. */
export const unknownRoute: RequestHandler = (request) => {
  throw new Refusal('not-found', `There is nothing at ${request.path}. See /api/openapi.json.`);
};

/** Every error leaves as a problem document; what is our own fault is logged, and told without its inside. */
export const problemDocuments =
  (log: Log): ErrorRequestHandler =>
  (error, request, response, next) => {
    const refusal = refusalOf(error);
    const { problem } = refusal;
    if (problem.status >= 500)
      log[problem.status === 500 ? 'error' : 'warn'](
        { err: refusal.cause ?? refusal, method: request.method, path: request.path, code: problem.code },
        'request failed',
      );
    // Half an answer cannot become another one: the connection is cut.
    if (response.headersSent) return next(error);
    response
      .status(problem.status)
      .set({ 'cache-control': 'no-store', ...refusal.headers })
      .type('application/problem+json')
      .send(JSON.stringify(problem));
  };
