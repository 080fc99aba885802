import { lookup, resolveSrv } from 'node:dns/promises';
import { addressOf } from './probed-trunk.ts';

/** SIP's port where nothing says otherwise (RFC 3261 §19.1.2). */
const usualPort = 5060;

/** Where a server is to be found. */
export interface Place {
  readonly host: string;
  readonly address: string;
  readonly port: number;
}

/**
 * As SIP finds a server (RFC 3263): with a port the host itself, without one first what SRV records say.
 * @returns undefined when the name stands for nothing.
 */
export const resolve = async (server: string): Promise<Place | undefined> => {
  const { host, port } = addressOf(server);
  const [service] = port === undefined ? await unlessUnknown(resolveSrv(`_sip._udp.${host}`), []) : [];
  const target = service?.name ?? host;
  const found = await unlessUnknown(lookup(target), undefined);
  return found && { host, address: found.address, port: port ?? service?.port ?? usualPort };
};

/** What a name server says of names that it does not know, or cannot ask for. */
const unknown: ReadonlySet<string> = new Set([
  'ENOTFOUND',
  'ENODATA',
  'EAI_AGAIN',
  'ESERVFAIL',
  'ETIMEOUT',
  'ECONNREFUSED',
  'EBADNAME',
]);

const unlessUnknown = async <Answer, Otherwise>(
  asked: Promise<Answer>,
  otherwise: Otherwise,
): Promise<Answer | Otherwise> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && 'code' in error && unknown.has(String(error.code))) return otherwise;
    throw error;
  }
};
