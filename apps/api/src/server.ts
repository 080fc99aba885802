import { createServer, type Server } from 'node:http';
import { instant } from '@cordboard/core';
import type { Database, SoundFiles } from '@cordboard/database';
import { createSessions } from '@cordboard/redis';
import type { Metrics } from '@cordboard/telemetry';
import express, { type Express } from 'express';
import { boardFigures } from './board-figures.ts';
import { createReadHistory } from './cards/history.ts';
import { createControl } from './control.ts';
import { Boards } from './feed/boards.ts';
import { startFeed } from './feed/feed.ts';
import { feedMetrics } from './feed/feed-metrics.ts';
import { createFigures } from './figures.ts';
import type { Log, Redis } from './foundations.ts';
import { cutRevoked } from './gateway/cut-revoked.ts';
import { createPageServer } from './gateway/page-server.ts';
import { serveBoard } from './gateway/serve-board.ts';
import { serveDesk } from './gateway/serve-desk.ts';
import { houseFigures } from './house-figures.ts';
import { problemDocuments, unknownRoute } from './http/errors.ts';
import { mount } from './http/mount.ts';
import { servePages } from './http/pages.ts';
import { securityHeaders } from './http/security-headers.ts';
import { createAttempts } from './identity/attempts.ts';
import { trustedProxies } from './identity/host.ts';
import { createPeople } from './identity/people.ts';
import type { Parts } from './parts.ts';
import { createReadiness } from './readiness.ts';
import { routes } from './routes/index.ts';

/** What the API is built upon; whoever made them ends them. */
export interface Foundations {
  readonly redis: Redis;
  readonly database: Database;
  /** Callers' messages. */
  readonly sounds: SoundFiles;
  readonly log: Log;
  readonly metrics: Metrics;
  /** The folder of the built pages. */
  readonly webRoot: string;
}

export interface ApiServer {
  readonly http: Server;
  /** Resolves when the facts told so far have been read. */
  caughtUp(): Promise<void>;
  /** Takes no more requests, lets go of all pages, and resolves when those under way are answered. */
  close(): Promise<void>;
}

/** A request that has not come in by then is given up: nobody may occupy us by being slow. */
const requestTimeoutMs = 15_000;
/** How long requests under way may take once we are to end. */
const finishWithinMs = 3000;

/** Builds the API; it answers as soon as its `http` listens. */
export const createApiServer = ({ redis, database, sounds, log, metrics, webRoot }: Foundations): ApiServer => {
  const app = express();
  const http = createServer({ requestTimeout: requestTimeoutMs, headersTimeout: requestTimeoutMs }, app);

  const sessions = createSessions(redis);
  const people = createPeople(sessions, database.users);
  const control = createControl(redis);
  const observer = feedMetrics(metrics);
  const feed = startFeed({ redis, log, observer });

  const io = createPageServer(http, { people, log });
  const boards = new Boards(
    feed.board,
    {
      delta: (room, delta) => io.to(room).emit('board:delta', delta),
      snapshot: (room, snapshot) => io.to(room).emit('board:snapshot', snapshot),
    },
    () => instant(Date.now()),
  );
  serveDesk(io, { feed, readHistory: createReadHistory(database, log), log });
  const stopBoard = serveBoard(io, {
    boards,
    feed,
    control,
    onDiffered: () => {
      observer.pageDiffered();
      log.warn('a page showed something else than it had been told; it is sent the whole board');
    },
  });
  const stopCutting = cutRevoked(io, { people, log });

  const readiness = createReadiness({ redis, database, control, feed });
  boardFigures(metrics, feed.board);
  houseFigures(metrics, { redis, feed, readiness });

  build(app, webRoot, {
    log,
    metrics,
    figures: createFigures(redis, metrics),
    database,
    sounds,
    sessions,
    people,
    attempts: createAttempts(redis),
    feed,
    control,
    readiness,
    boards,
  });
  return {
    http,
    caughtUp: () => feed.caughtUp(),
    async close() {
      stopBoard();
      stopCutting();
      control.stop();
      const cutOff = setTimeout(() => http.closeAllConnections(), finishWithinMs);
      // Ends the HTTP server too.
      await Promise.all([io.close(), feed.stop()]);
      clearTimeout(cutOff);
    },
  };
};

const build = (app: Express, webRoot: string, parts: Parts): void => {
  app.disable('x-powered-by');
  app.set('trust proxy', trustedProxies);
  app.set('query parser', 'simple');
  app.use(securityHeaders());
  mount(app, routes, parts);
  servePages(app, webRoot);
  app.use(unknownRoute);
  app.use(problemDocuments(parts.log));
};
