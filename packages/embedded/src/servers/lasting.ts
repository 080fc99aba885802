import type { Report } from '../report.ts';
import { supervise } from '../supervise.ts';
import type { Server } from './server.ts';

/** A server that is kept alive: its process may change, all else about it stays. */
export type Lasting<S extends Server> = Omit<S, 'exited'> & {
  /** Ends it on purpose and starts it again with the same data; resolves when it serves. */
  restart(): Promise<void>;
};

/**
 * Starts a server and starts it again whenever it ends by itself.
 * @throws StartFailed when the first start fails.
 */
export const lasting = async <S extends Server>(
  name: string,
  start: () => Promise<S>,
  report: Report,
): Promise<Lasting<S>> => {
  const since = Date.now();
  const supervised = await supervise(name, start, { report });
  report(`${name} is up (${Date.now() - since} ms)`);
  const { exited: _, ...constant } = supervised.current();
  return {
    ...constant,
    get pid() {
      return supervised.current().pid;
    },
    kill: (signal) => supervised.current().kill(signal),
    restart: supervised.restart,
    stop: supervised.stop,
  };
};
