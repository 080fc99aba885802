import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Another system of the house's owner, as a flow may ask it. */
export interface HttpStub {
  /** As an administrator writes it into a flow: `http://127.0.0.1:8081`. */
  readonly url: string;
  /** As it is allowed in `CORDBOARD_HTTP_INNER_HOSTS`. */
  readonly host: string;
  /** The paths that were asked for, query included, oldest first. */
  readonly asked: readonly string[];
  /** How it answers from now on. */
  answer(how: HttpStubAnswer): void;
  close(): Promise<void>;
}

/** With this status and JSON, or with nothing, ever. */
export type HttpStubAnswer = 'never' | { readonly status: number; readonly body: unknown };

export const startHttpStub = async (): Promise<HttpStub> => {
  const asked: string[] = [];
  let how: HttpStubAnswer = 'never';
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    asked.push(request.url ?? '');
    if (how === 'never') return;
    response.writeHead(how.status, { 'content-type': 'application/json' }).end(JSON.stringify(how.body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    asked,
    answer(next) {
      how = next;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
