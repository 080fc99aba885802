import type { AriAccess, AriTransport } from '@cordboard/configuration';
import { StartFailed } from '@cordboard/embedded';
import { hasRestOverWebSocket, isAsWanted, isTooOld, parseAsteriskVersion } from './asterisk-version.ts';

const withinMs = 5000;

/** What an Asterisk of one's own said of itself. */
export interface ReachedAsterisk {
  readonly version: string;
  /** One sentence, when it works but should be newer. */
  readonly warning: string | undefined;
}

/**
 * Makes sure that an Asterisk of one's own can be used.
 * @throws StartFailed with one sentence naming what to change.
 */
export const reachAsterisk = async (ari: AriAccess, transport: AriTransport): Promise<ReachedAsterisk> => {
  const response = await askInfo(ari);
  if (response.status === 401 || response.status === 403)
    throw new StartFailed('Asterisk refuses ARI_USER and ARI_PASSWORD: set them to a user of its ari.conf.');
  if (!response.ok)
    throw new StartFailed(
      `There is no ARI at ARI_URL (${response.status}): set it to Asterisk's HTTP server, and enable ari.conf.`,
    );
  const version = versionOf(await response.json());
  const parsed = parseAsteriskVersion(version);
  if (parsed === undefined) return { version, warning: `Asterisk ${version} does not say which release it is.` };
  if (isTooOld(parsed))
    throw new StartFailed(`Asterisk ${version} at ARI_URL is too old: set ARI_URL to one of release 22.10.1 or later.`);
  if (transport === 'websocket' && !hasRestOverWebSocket(parsed))
    throw new StartFailed(
      `Asterisk ${version} at ARI_URL takes no requests over its WebSocket: set ARI_TRANSPORT to auto or ari-client.`,
    );
  return {
    version,
    warning: isAsWanted(parsed)
      ? undefined
      : `Asterisk ${version} works, but 22.10.1 closes known holes of ARI: upgrade it.`,
  };
};

const askInfo = async ({ url, user, password }: AriAccess): Promise<Response> => {
  try {
    return await fetch(`${url}/ari/asterisk/info`, {
      headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
      signal: AbortSignal.timeout(withinMs),
    });
  } catch (error) {
    // fetch rejects with a TypeError for the network, and with a TimeoutError for the signal.
    if (!(error instanceof Error)) throw error;
    const { cause } = error;
    const why = cause instanceof Error ? cause.message : error.message;
    throw new StartFailed(`Asterisk cannot be reached (${why}): check ARI_URL, and that http.conf enables it.`);
  }
};

const versionOf = (info: unknown): string => {
  const { system } = (info ?? {}) as { system?: { version?: unknown } };
  return typeof system?.version === 'string' ? system.version : 'of an unknown release';
};
