import { request as http } from 'node:http';
import { request as https } from 'node:https';
import { text } from 'node:stream/consumers';
import type { Reply } from './reply.ts';
import type { AriAccess } from './transport.ts';

/**
 * Asks over plain HTTP, by a connection of this request's own: one that is kept, or was being made when the way to Asterisk was
 * lost, may lead nowhere (`fetch` keeps both).
 * @param path below `/ari/`, with its query
 * @throws the signal's reason, and whatever the connection breaks by
 */
export const getByHttp = ({ url, user, password }: AriAccess, path: string, signal: AbortSignal): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const ask = url.startsWith('https:') ? https : http;
    const asked = ask(`${url}/ari/${path}`, { agent: false, auth: `${user}:${password}`, signal }, (response) => {
      text(response).then(
        (body) => resolve({ status: response.statusCode ?? 0, reason: response.statusMessage ?? '', body }),
        failed,
      );
    });
    const failed = (error: Error): void => reject(signal.aborted ? signal.reason : error);
    asked.on('error', failed);
    asked.end();
  });
