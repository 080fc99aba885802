import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Media } from '../media/ensure-media.ts';
import { insideMedia } from '../media/render-script.ts';
import { requirePort } from '../ports.ts';
import { projectFolder } from '../project-folder.ts';
import { insideFolder } from '../root/enter.ts';
import type { Root } from '../root/root.ts';
import { type LogLimit, limitLog } from './log-limit.ts';
import { until } from './poll.ts';
import { render } from './render.ts';
import { type Exit, type Server, serving } from './server.ts';
import { ariUrl } from './urls.ts';

/** How to start Asterisk. */
export interface AsteriskOptions {
  readonly root: Root;
  readonly media: Media;
  /** Its own folder on the host: configuration, what it was told over ARI, recordings, log. */
  readonly folder: string;
  /** Where SIP and media are; ARI is on loopback whatever this says. */
  readonly host?: string;
  readonly ports: {
    readonly sip: number;
    readonly ari: number;
    readonly rtp: { readonly first: number; readonly last: number };
  };
  readonly ari: { readonly user: string; readonly password: string };
  /** The application that every call is given to. */
  readonly app: string;
  /** How long `log/messages` may grow; 20 MB unless said otherwise. */
  readonly logLimit?: LogLimit;
}

/** A running Asterisk. */
export interface Asterisk extends Server {
  /** Where and as whom ARI is used. `url` is the HTTP server's base, without `/ari`. */
  readonly ari: { readonly url: string; readonly user: string; readonly password: string };
  readonly sip: { readonly host: string; readonly port: number };
  /** Its folder on the host. */
  readonly folder: string;
  /** Runs a command of its console and gives what it printed. */
  console(command: string): Promise<string>;
}

const ariHost = '127.0.0.1';
const configurationFile = `${insideFolder}/etc/asterisk.conf`;
const templatesFolder = join(projectFolder, 'asterisk-conf');

/**
 * Starts Asterisk with the configuration of asterisk-conf/.
 * @throws StartFailed with one sentence naming what to change.
 */
export const startAsterisk = async (options: AsteriskOptions): Promise<Asterisk> => {
  const { root, media, folder, ports, ari, host = '127.0.0.1' } = options;
  await requirePort('Asterisk (SIP)', host, ports.sip, 'CORDBOARD_SIP_PORT', ['udp', 'tcp']);
  await requirePort('Asterisk (ARI)', ariHost, ports.ari, 'CORDBOARD_ARI_PORT');
  for (const name of ['etc', 'lib', 'run', 'log', 'cache', 'spool/recording'])
    await mkdir(join(folder, name), { recursive: true, mode: 0o700 });
  await renderConfiguration(options, host);
  await root.giveToServers(folder);
  const place = { folder, user: 'server', binds: { [insideMedia]: media.path } } as const;
  const child = root.spawn('asterisk', ['-f', '-C', configurationFile], { ...place, whenOrphaned: 'SIGTERM' });
  const url = ariUrl(ports.ari);
  const console: Asterisk['console'] = async (command) => {
    const { stdout } = await root.run('asterisk', ['-C', configurationFile, '-rx', command], place);
    return stdout;
  };
  const server = await serving({
    name: 'Asterisk',
    child,
    url,
    logFile: join(folder, 'log', 'output'),
    stopSignal: 'SIGTERM',
    stopWithinMs: 10_000,
    ready: async (_, exited) => {
      await answers(url, ari, exited);
      // ARI is there before the last modules are.
      await console('core waitfullybooted');
    },
    readyWithinMs: 60_000,
    remedy: `see ${folder}/log/messages; if it cannot listen, set CORDBOARD_HOST, CORDBOARD_SIP_PORT or CORDBOARD_ARI_PORT`,
  });
  // Asterisk begins the file anew where it is missing; it does not rotate by size (logger.c).
  const limit = limitLog(join(folder, 'log', 'messages'), () => console('logger reload'), options.logLimit);
  void server.exited.then(limit.stop);
  return { ...server, ari: { url, ...ari }, sip: { host, port: ports.sip }, folder, console };
};

/** What is rendered holds secrets: no one but the server reads it. */
const renderConfiguration = async ({ root, folder, ports, ari, app }: AsteriskOptions, host: string): Promise<void> => {
  const [architecture = ''] = (await readdir(join(root.path, 'usr/lib'))).filter((name) => name.endsWith('-linux-gnu'));
  const values = {
    ARCHITECTURE: architecture,
    SIP_ADDRESS: `${host.includes(':') ? `[${host}]` : host}:${ports.sip}`,
    ARI_HOST: ariHost,
    ARI_PORT: ports.ari,
    ARI_USER: ari.user,
    ARI_PASSWORD: ari.password,
    RTP_FIRST: ports.rtp.first,
    RTP_LAST: ports.rtp.last,
    APP: app,
  };
  for (const file of (await readdir(templatesFolder)).filter((name) => name.endsWith('.conf'))) {
    const template = await readFile(join(templatesFolder, file), 'utf8');
    await writeFile(join(folder, 'etc', file), render(template, values), { mode: 0o600 });
  }
};

const answers = async (
  url: string,
  { user, password }: AsteriskOptions['ari'],
  exited: Promise<Exit>,
): Promise<void> => {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  await until(async () => {
    try {
      const response = await fetch(`${url}/ari/asterisk/info`, { headers: { authorization } });
      await response.arrayBuffer();
      return response.ok;
    } catch (error) {
      // fetch's word for "nobody listens yet".
      if (error instanceof TypeError) return false;
      throw error;
    }
  }, exited);
};
