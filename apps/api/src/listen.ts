import type { Server } from 'node:http';

/** The message is one sentence for a person: what is in the way, and what to do. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';
}

/** @throws CannotListen naming the variable to change. */
export const listen = (
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<void> =>
  new Promise((resolve, reject) => {
    const refused = (error: NodeJS.ErrnoException): void => reject(new CannotListen(inWords(error, host, port)));
    server.once('error', refused);
    server.listen(port, host, () => {
      server.off('error', refused);
      resolve();
    });
  });

const inWords = ({ code, message }: NodeJS.ErrnoException, host: string, port: number): string => {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is taken: set CORDBOARD_HTTP_PORT to a free port.`;
    case 'EACCES':
      return `Port ${port} may not be used: set CORDBOARD_HTTP_PORT to a port above 1023.`;
    case 'EADDRNOTAVAIL':
      return `${host} is no address of this machine: set CORDBOARD_HOST to one of its addresses.`;
    default:
      return `Nothing can be served at ${host}:${port} (${message}): set CORDBOARD_HOST and CORDBOARD_HTTP_PORT.`;
  }
};
