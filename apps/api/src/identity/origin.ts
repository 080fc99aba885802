import type { IncomingMessage } from 'node:http';
import { hostOf } from './host.ts';

/**
 * Whether a request comes from our own pages, as far as the browser says: a browser names the origin of every unsafe request
 * and of every WebSocket, and a page cannot change what it says. Programs say nothing; they have the token to show.
 *
 * https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html#using-standard-headers-to-verify-origin
 */
export const isOurOrigin = (request: Pick<IncomingMessage, 'headers' | 'socket'>): boolean => {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === hostOf(request).toLowerCase();
};
