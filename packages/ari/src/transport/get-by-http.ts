import type { Reply } from './reply.ts';
import type { AriAccess } from './transport.ts';

/**
 * Asks over plain HTTP, by a connection that nothing else uses.
 * @param path below `/ari/`, with its query
 * @throws what `fetch` throws, and the signal's reason
 */
export const getByHttp = async (
  { url, user, password }: AriAccess,
  path: string,
  signal: AbortSignal,
): Promise<Reply> => {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const response = await fetch(`${url}/ari/${path}`, { headers: { authorization, connection: 'close' }, signal });
  return { status: response.status, reason: response.statusText, body: await response.text() };
};
