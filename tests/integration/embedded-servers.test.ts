import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lock, lockNow, type Servers, startServers } from '@cordboard/embedded';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../support/until.ts';
import { askAri, type Lab, openLab, push, pushFallback, pushPhone, pushTrunk } from './embedded-lab.ts';

let lab: Lab;
let servers: Servers;

/** Where the tests of one start share it. */
const asterisk = () => {
  if (servers.asterisk === undefined) throw new Error('Asterisk was not started');
  return servers.asterisk;
};

const redisSays = async (...args: string[]): Promise<string> => {
  const { hostname, port, password } = new URL(servers.environment.REDIS_URL);
  const { stdout } = await lab.root.run('redis-cli', ['-h', hostname, '-p', port, ...args], {
    folder: lab.folder,
    env: { REDISCLI_AUTH: password },
  });
  return stdout.trim();
};

const sql = async (query: string, url = servers.environment.DATABASE_URL): Promise<string> => {
  const { stdout } = await lab.root.run('psql', [url, '-qAt', '-c', query], { folder: lab.folder });
  return stdout.trim();
};

/** The processes of the servers whose command line or open folder is this laboratory's. */
const processesOf = async (folder: string): Promise<string[]> => {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const mounts = await readFile(`/proc/${pid}/mountinfo`, 'utf8').catch(() => '');
    if (mounts.includes(folder)) found.push(pid);
  }
  return found;
};

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(true));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(false)));
  });

describe('three servers from the private root', () => {
  beforeAll(async () => {
    lab = await openLab();
    servers = await lab.start();
  });
  afterAll(async () => {
    await servers.stop();
    await lab.clear();
  });

  test('each serves whoever knows its password', async () => {
    expect(await redisSays('ping')).toBe('PONG');
    expect(await sql('select current_user')).toBe('cordboard');
    expect((await askAri(asterisk(), 'GET', 'asterisk/info')).status).toBe(200);
  });

  test('each refuses whoever does not', async () => {
    const { port } = new URL(servers.environment.REDIS_URL);
    const unknown = await lab.root.run('redis-cli', ['-p', port, 'ping'], { folder: lab.folder });
    expect(unknown.stdout).toContain('NOAUTH');
    const url = new URL(servers.environment.DATABASE_URL);
    url.password = 'wrong';
    await expect(sql('select 1', url.href)).rejects.toThrow(/password authentication failed/);
    const stranger = { ari: { ...asterisk().ari, password: 'wrong' } };
    expect((await askAri(stranger, 'GET', 'asterisk/info')).status).toBe(401);
  });

  test('Redis keeps every write, and drops none for want of memory', async () => {
    expect(await redisSays('config', 'get', 'appendonly')).toContain('yes');
    expect(await redisSays('config', 'get', 'maxmemory-policy')).toContain('noeviction');
  });

  test('none runs as root, and no one else reads their configuration', async () => {
    for (const server of [servers.redis, servers.postgres, servers.asterisk]) {
      const status = await readFile(`/proc/${server?.pid}/status`, 'utf8');
      expect(status, server?.name).toMatch(/^Uid:\t(?!0\t)/m);
    }
    const folder = join(asterisk().folder, 'etc');
    for (const file of await readdir(folder)) expect((await stat(join(folder, file))).mode & 0o077, file).toBe(0);
    expect((await stat(join(lab.folder, 'data', 'secrets.json'))).mode & 0o077).toBe(0);
  });

  test('Asterisk starts quietly, with the modules that it was told to load and no others', async () => {
    const log = await readFile(join(asterisk().folder, 'log', 'messages'), 'utf8');
    expect(log.split('\n').filter((line) => /WARNING|ERROR/.test(line))).toEqual([]);
    expect(await asterisk().console('module show like chan_pjsip')).toContain('Running');
    expect(await asterisk().console('module show')).not.toMatch(/Not Running/);
  });

  test('the machine’s name resolves inside without a question to DNS', async () => {
    const { stdout } = await lab.root.run('sh', ['-c', 'getent hosts "$(uname -n)"'], { folder: lab.folder });
    expect(stdout).toMatch(/^127\.0\.0\.1|^::1/);
  });

  test.each(['en', 'fr'])('our prompts and the stock ones are there in %s', async (language) => {
    for (const sound of ['vm-goodbye', 'cordboard/welcome', 'cordboard/apology', 'queue-youarenext', 'digits/3']) {
      const { body } = await askAri(asterisk(), 'GET', `sounds/${encodeURIComponent(sound)}`);
      expect(body, sound).toMatchObject({
        formats: expect.arrayContaining([expect.objectContaining({ language })]),
      });
    }
  });

  test('what was pushed over ARI is still there after a restart', async () => {
    await pushTrunk(asterisk(), 'carrier', '192.0.2.7');
    await pushPhone(asterisk(), '101', 'secret');
    await pushFallback(asterisk(), ['101', '102']);
    const before = asterisk().pid;
    await asterisk().restart();
    expect(asterisk().pid).not.toBe(before);
    const kept = async (type: string, id: string) =>
      (await askAri(asterisk(), 'GET', `asterisk/config/dynamic/res_pjsip/${type}/${id}`)).body;
    expect(await kept('endpoint', 'carrier')).toContainEqual({ attribute: 'callerid', value: 'carrier' });
    expect(await kept('identify', 'carrier')).toContainEqual({
      attribute: 'match',
      value: '192.0.2.7/255.255.255.255',
    });
    expect(await kept('endpoint', '101')).toContainEqual({ attribute: 'callerid', value: '"Phone" <101>' });
    expect(await kept('auth', '101')).toContainEqual({ attribute: 'password', value: 'secret' });
    expect(await kept('endpoint', 'fallback')).toContainEqual({ attribute: 'aors', value: '101,102' });
  });

  test('each comes back when it is killed, with what it knew', async () => {
    await redisSays('set', 'kept', 'yes');
    await sql("create table if not exists kept as select 'yes' as value");
    // Redis writes to disk once a second; ask for it now.
    await redisSays('waitaof', '1', '0', '2000');
    for (const server of [servers.redis, servers.postgres, servers.asterisk]) {
      if (server === undefined) throw new Error('a server was not started');
      const before = server.pid;
      lab.said.length = 0;
      server.kill('SIGKILL');
      await until(`${server.name} is back`, () => lab.said.includes(`${server.name} is up again`), {
        withinMs: 20_000,
      });
      expect(server.pid).not.toBe(before);
      expect(lab.said[0]).toMatch(new RegExp(`^${server.name} was killed \\(SIGKILL\\); starting it again in`));
    }
    expect(await redisSays('get', 'kept')).toBe('yes');
    expect(await sql('select value from kept')).toBe('yes');
    expect((await askAri(asterisk(), 'GET', 'asterisk/info')).status).toBe(200);
  });
});

describe('the end', () => {
  afterEach(() => lab.clear());

  test('a stop leaves no process, mount or port', async () => {
    lab = await openLab();
    servers = await lab.start();
    expect(await processesOf(lab.folder)).not.toEqual([]);
    await servers.stop();
    expect(await processesOf(lab.folder)).toEqual([]);
    for (const port of [lab.ports.sip, lab.ports.ari, lab.ports.redis, lab.ports.postgres])
      expect(await listens(port)).toBe(false);
  });

  test('so does a death without a word', async () => {
    lab = await openLab();
    const starter = fileURLToPath(new URL('./embedded-starter.ts', import.meta.url));
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--conditions=source', starter, join(lab.folder, 'data'), JSON.stringify(lab.ports)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(child.stdout, 'data');
    expect(await processesOf(lab.folder)).not.toEqual([]);
    child.kill('SIGKILL');
    await until('all are gone', async () => (await processesOf(lab.folder)).length === 0, { withinMs: 15_000 });
    for (const port of [lab.ports.sip, lab.ports.ari, lab.ports.redis, lab.ports.postgres])
      expect(await listens(port)).toBe(false);
  });

  test('the next start finds everything again', async () => {
    lab = await openLab();
    servers = await lab.start();
    await push(asterisk(), 'aor', 'ana', {});
    await sql("create table kept as select 'yes' as value");
    await servers.stop();
    const since = Date.now();
    servers = await lab.start();
    expect(Date.now() - since).toBeLessThan(10_000);
    expect(await sql('select value from kept')).toBe('yes');
    expect((await askAri(asterisk(), 'GET', 'asterisk/config/dynamic/res_pjsip/aor/ana')).status).toBe(200);
    await servers.stop();
  });
});

describe('what stands in the way', () => {
  beforeAll(async () => {
    lab = await openLab();
  });
  afterAll(() => lab.clear());

  test.each([
    ['redis', 'CORDBOARD_REDIS_PORT'],
    ['postgres', 'CORDBOARD_POSTGRES_PORT'],
    ['ari', 'CORDBOARD_ARI_PORT'],
    ['sip', 'CORDBOARD_SIP_PORT'],
  ] as const)('a taken port (%s) is named with its variable, and nothing stays up', async (name, variable) => {
    const squatter = createServer().listen(lab.ports[name], '127.0.0.1');
    await once(squatter, 'listening');
    try {
      await expect(lab.start()).rejects.toThrow(
        expect.objectContaining({
          name: 'StartFailed',
          message: expect.stringContaining(`set ${variable} to a free port`),
        }),
      );
    } finally {
      squatter.close();
    }
    expect(await processesOf(lab.folder)).toEqual([]);
  });

  test('an address of another machine is named', async () => {
    const { root, media, ports } = lab;
    const elsewhere = startServers({ root, media, ports, folder: join(lab.folder, 'elsewhere'), host: '192.0.2.1' });
    await expect(elsewhere).rejects.toThrow(/192\.0\.2\.1 is no address of this machine: set CORDBOARD_HOST/);
  });

  test('damaged data and lost secrets are told apart', async () => {
    const data = join(lab.folder, 'data');
    await (await lab.start()).stop();
    const secrets = await readFile(join(data, 'secrets.json'), 'utf8');
    await writeFile(join(data, 'secrets.json'), secrets.replace(/"postgres": "..../, '"postgres": "oops'));
    await expect(lab.start()).rejects.toThrow(/PostgreSQL refuses the password of .*secrets\.json/);
    await writeFile(join(data, 'secrets.json'), '{}');
    await expect(lab.start()).rejects.toThrow(/secrets\.json is damaged: restore it/);
    await writeFile(join(data, 'secrets.json'), secrets);
    await writeFile(join(data, 'postgres', 'cluster', 'PG_VERSION'), 'seven');
    await expect(lab.start()).rejects.toThrow(/^PostgreSQL ended while starting.*set CORDBOARD_HOME/);
    expect(await processesOf(lab.folder)).toEqual([]);
  });
});

describe('a lock', () => {
  test('is had by one at a time, and goes to the next when it is released', async () => {
    lab = await openLab();
    const file = join(lab.folder, 'lock');
    await mkdir(lab.folder, { recursive: true });
    const first = await lockNow(file);
    await expect(lockNow(file)).rejects.toThrow(expect.objectContaining({ name: 'LockHeld', pid: process.pid }));
    const second = lock(file);
    await first.release();
    await (await second).release();
    await lab.clear();
  });
});
