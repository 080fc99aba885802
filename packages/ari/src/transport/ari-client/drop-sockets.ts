import { globalAgent as http } from 'node:http';
import { globalAgent as https } from 'node:https';

/**
 * Ends the sockets of past and present requests to this address. Node keeps them for requests to come (http.globalAgent,
 * keepAlive), and after a loss that nobody told of, those would be sent to nowhere.
 */
export const dropSockets = (url: string): void => {
  const { protocol, hostname, port } = new URL(url);
  const { sockets, freeSockets } = protocol === 'https:' ? https : http;
  for (const pool of [sockets, freeSockets])
    for (const [name, kept] of Object.entries(pool))
      if (name.startsWith(`${hostname}:${port}:`)) for (const socket of [...(kept ?? [])]) socket.destroy();
};
