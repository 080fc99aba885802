import type { Metrics } from '@cordboard/telemetry';
import type { RequestHandler } from 'express';
import type { Route } from './route.ts';

/** Measures how long each route takes to answer, by its path as declared: names of calls and people stay out of the figures. */
export const requestTimes = (metrics: Metrics): ((route: Route) => RequestHandler) => {
  const times = metrics.histogram(
    'cordboard_http_request_seconds',
    'From request to answer.',
    ['method', 'path', 'status'],
    [0.005, 0.02, 0.05, 0.1, 0.5, 2, 10],
  );
  return ({ method, path }) =>
    (_request, response, next) => {
      const done = times.startTimer({ method, path });
      response.once('finish', () => done({ status: String(response.statusCode) }));
      next();
    };
};
