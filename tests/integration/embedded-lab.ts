import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfiguration } from '@cordboard/configuration';
import {
  type Asterisk,
  ensureMedia,
  ensureRoot,
  freePortRange,
  freePorts,
  type Media,
  type Root,
  type Servers,
  startServers,
} from '@cordboard/embedded';

/** What the embedded servers are tried in: the cached root, and a folder of its own that goes away with it. */
export interface Lab {
  readonly root: Root;
  readonly media: Media;
  readonly folder: string;
  /** What has been reported so far. */
  readonly said: string[];
  readonly ports: { sip: number; ari: number; redis: number; postgres: number; rtp: { first: number; last: number } };
  /** Starts all three, on this laboratory's ports. */
  start(): Promise<Servers>;
  clear(): Promise<void>;
}

const { home } = readConfiguration(process.env);

/** A fresh laboratory. */
export const openLab = async (): Promise<Lab> => {
  const report = (line: string) => {
    said.push(line);
  };
  const said: string[] = [];
  const root = await ensureRoot({ home, report });
  const media = await ensureMedia({ root, home, report });
  const folder = await mkdtemp(join(tmpdir(), 'cordboard-embedded-'));
  const [sip = 0, ari = 0, redis = 0, postgres = 0] = await freePorts(4);
  const ports = { sip, ari, redis, postgres, rtp: await freePortRange() };
  return {
    root,
    media,
    folder,
    said,
    ports,
    start: () => startServers({ root, media, folder: join(folder, 'data'), ports, durable: false, report }),
    clear: () => rm(folder, { recursive: true, force: true }),
  };
};

/** One request to ARI; the body of the answer as JSON, undefined when it has none. */
export const askAri = async (
  { ari }: Pick<Asterisk, 'ari'>,
  method: 'GET' | 'PUT' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(`${ari.url}/ari/${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${ari.user}:${ari.password}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
};

type Fields = Readonly<Record<string, string>>;

/** Pushes one object of Asterisk's SIP configuration. */
export const push = async (
  asterisk: Pick<Asterisk, 'ari'>,
  type: string,
  id: string,
  fields: Fields,
): Promise<void> => {
  const { status, body } = await askAri(asterisk, 'PUT', `asterisk/config/dynamic/res_pjsip/${type}/${id}`, {
    fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })),
  });
  if (status !== 200) throw new Error(`pushing ${type} ${id}: ${status} ${JSON.stringify(body)}`);
};

/**
 * What every endpoint has to say for itself. Without codecs Asterisk cannot read it again after a restart, and without a
 * caller ID it takes each of its callers for "unknown" then: that is how it writes an absent one into its database.
 */
const sound: Fields = { disallow: 'all', allow: 'alaw,ulaw', direct_media: 'no' };

/** Pushes a trunk that is known by an address. A caller ID that is no number leaves the caller's own in place. */
export const pushTrunk = async (
  asterisk: Pick<Asterisk, 'ari'>,
  id: string,
  address: string,
  extra: Fields = {},
): Promise<void> => {
  await push(asterisk, 'aor', id, {});
  await push(asterisk, 'endpoint', id, {
    aors: id,
    context: 'from-trunk',
    callerid: id,
    ...sound,
    ...extra,
  });
  await push(asterisk, 'identify', id, { endpoint: id, match: address });
};

/** Pushes a phone that registers. */
export const pushPhone = async (
  asterisk: Pick<Asterisk, 'ari'>,
  extension: string,
  password: string,
): Promise<void> => {
  await push(asterisk, 'auth', extension, { auth_type: 'userpass', username: extension, password });
  await push(asterisk, 'aor', extension, { max_contacts: '1', remove_existing: 'yes' });
  await push(asterisk, 'endpoint', extension, {
    aors: extension,
    auth: extension,
    context: 'from-phone',
    callerid: `"Phone" <${extension}>`,
    ...sound,
  });
};

/** Pushes who is rung while no application answers. */
export const pushFallback = (asterisk: Pick<Asterisk, 'ari'>, extensions: readonly string[]): Promise<void> =>
  push(asterisk, 'endpoint', 'fallback', { aors: extensions.join(','), callerid: 'fallback', ...sound });
