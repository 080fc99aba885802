import type { Server as HttpServer } from 'node:http';
import { type ExtendedError, Server } from 'socket.io';
import type { Log } from '../foundations.ts';
import { Refusal } from '../http/refusal.ts';
import { refusalOf } from '../http/refusal-of.ts';
import { sessionToken } from '../identity/cookie.ts';
import { isOurOrigin } from '../identity/origin.ts';
import type { People } from '../identity/people.ts';
import { limitFlood } from './flood.ts';
import type { PageServer, PageSocket } from './page-socket.ts';

/** A page asks for little: a card's id and a moment. */
const largestMessage = 16 * 1024;
const patienceMs = 5000;

/** Sockets for pages of our own, of people who are signed in: others do not come in. */
export const createPageServer = (http: HttpServer, { people, log }: { people: People; log: Log }): PageServer => {
  const io: PageServer = new Server(http, {
    transports: ['websocket', 'polling'],
    maxHttpBufferSize: largestMessage,
    connectTimeout: patienceMs,
    serveClient: false,
    // Deltas are small, and compressing them costs more time than sending them.
    perMessageDeflate: false,
    httpCompression: false,
    allowRequest: (request, decide) => decide(null, isOurOrigin(request)),
  });
  const identify = async (socket: PageSocket): Promise<ExtendedError | undefined> => {
    try {
      const token = sessionToken(socket.request);
      const person = token === undefined ? undefined : await people.find(token);
      if (person === undefined) throw new Refusal('authentication-required', 'Sign in with POST /api/session first.');
      socket.data.person = person;
      return undefined;
    } catch (error) {
      const { problem } = refusalOf(error);
      if (problem.status === 500) log.error({ err: error }, 'a socket could not be let in');
      return Object.assign(new Error(problem.detail), { data: problem });
    }
  };
  io.use((socket, next) => void identify(socket).then(next));
  io.on('connection', limitFlood);
  return io;
};
