import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { requirePort } from '../ports.ts';
import { insideFolder } from '../root/enter.ts';
import type { Root } from '../root/root.ts';
import { until } from './poll.ts';
import { type Server, serving } from './server.ts';
import { redisUrl } from './urls.ts';

/** How to start Redis. */
export interface RedisOptions {
  readonly root: Root;
  /** Its own folder on the host: configuration, data, log. */
  readonly folder: string;
  readonly host?: string;
  readonly port: number;
  readonly password: string;
}

/**
 * Starts Redis: every write in a log on disk, and nothing ever evicted, as BullMQ requires
 * (https://docs.bullmq.io/guide/going-to-production).
 * @throws StartFailed with one sentence naming what to change.
 */
export const startRedis = async (options: RedisOptions): Promise<Server> => {
  const { root, folder, port, password, host = '127.0.0.1' } = options;
  await requirePort('Redis', host, port, 'CORDBOARD_REDIS_PORT');
  await mkdir(join(folder, 'data'), { recursive: true, mode: 0o700 });
  await writeFile(join(folder, 'redis.conf'), redisConfiguration(host, port, password), { mode: 0o600 });
  await root.giveToServers(folder);
  const child = root.spawn('redis-server', [`${insideFolder}/redis.conf`], {
    folder,
    user: 'server',
    whenOrphaned: 'SIGTERM',
  });
  return serving({
    name: 'Redis',
    child,
    url: redisUrl(port, password, host),
    logFile: join(folder, 'redis.log'),
    stopSignal: 'SIGTERM',
    stopWithinMs: 10_000,
    ready: (_, exited) => until(() => answersPing(host, port, password), exited),
    readyWithinMs: 60_000,
    remedy: `see ${folder}/redis.log; if its data are damaged, set CORDBOARD_HOME to a fresh folder, or remove this one`,
  });
};

const redisConfiguration = (host: string, port: number, password: string): string =>
  [
    `bind ${host}`,
    `port ${port}`,
    `requirepass ${password}`,
    `dir ${insideFolder}/data`,
    'daemonize no',
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    'maxmemory-policy noeviction',
    '',
  ].join('\n');

/** Whether Redis lets us in and has read its data: until then it answers with -LOADING. */
const answersPing = (host: string, port: number, password: string): Promise<boolean> =>
  new Promise((resolve) => {
    let answer = '';
    const socket = connect({ host, port });
    const end = (ready: boolean) => {
      socket.destroy();
      resolve(ready);
    };
    socket.on('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on('error', () => end(false));
    socket.on('close', () => end(false));
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString();
      if (answer.split('\r\n').length > 2) end(answer.includes('+PONG'));
    });
  });
