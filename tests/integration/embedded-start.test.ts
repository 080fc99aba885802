import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePortRange, freePorts } from '@cordboard/embedded';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Person } from '../support/api.ts';
import { BoardWatch } from '../support/board-watch.ts';
import { until } from '../support/until.ts';
import { begin, childOf, freshHome, leftOf, type Running } from './embedded-command.ts';

/** What may have to be compiled first is compiled by the first command. */
const firstTimeMs = 300_000;

let folder: string;
let home: string;
let environment: Record<string, string>;
let ports: number[];
let url: string;
/** As the first start tells it. */
let password: string;
let running: Running | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cordboard-start-'));
  home = await freshHome(folder);
  ports = await freePorts(5);
  const [http, sip, ari, redis, postgres] = ports;
  const rtp = await freePortRange(400);
  url = `http://127.0.0.1:${http}`;
  environment = {
    CORDBOARD_HOME: home,
    CORDBOARD_HTTP_PORT: String(http),
    CORDBOARD_SIP_PORT: String(sip),
    CORDBOARD_ARI_PORT: String(ari),
    CORDBOARD_REDIS_PORT: String(redis),
    CORDBOARD_POSTGRES_PORT: String(postgres),
    CORDBOARD_RTP_PORTS: `${rtp.first}-${rtp.last}`,
  };
});
afterAll(async () => {
  running?.signal('SIGTERM');
  await running?.ended;
  await rm(folder, { recursive: true, force: true });
});

/** Starts it, and gives it to the tests that follow. */
const bringUp = async (args: readonly string[], withinMs: number): Promise<Running> => {
  running = begin(args, environment);
  await running.says('Ctrl-C ends it.', withinMs);
  return running;
};

/** Ends it, and shows that nothing is left. */
const end = async (started: Running, signal: NodeJS.Signals): Promise<void> => {
  started.signal(signal);
  expect(await started.ended).toBe(0);
  running = undefined;
  expect(await leftOf(home, ports)).toEqual([]);
};

describe('the first start', () => {
  let started: Running;
  beforeAll(async () => {
    started = await bringUp(['start'], firstTimeMs);
  }, firstTimeMs);

  test('tells how long each step took, and ends with what a person needs to go on', async () => {
    const said = started.said();
    for (const step of ['private Debian root', 'Redis, PostgreSQL, Asterisk', 'database', 'applications'])
      expect(said).toMatch(new RegExp(`✓ ${step} +\\d+\\.\\d s`));
    for (const page of ['board', 'desk', 'console']) {
      expect(said).toContain(`${url}/${page}`);
      expect((await fetch(`${url}/${page}`)).status).toBe(200);
    }
    expect(said).toContain(`SIP           127.0.0.1:${environment.CORDBOARD_SIP_PORT}`);
    expect(said).toMatch(/Dial +\+33170000010 {2}Main line/);
    const [, told = ''] = /admin, password (\S+)/.exec(said) ?? [];
    password = told;
    expect(said.split(password).length, 'the password is said once').toBe(2);
    await new Person(url).signIn('admin', password);
  });

  test('is refused a second time in the same folder, in one sentence', async () => {
    const second = begin(['start'], environment);
    expect(await second.ended).toBe(1);
    expect(second.said().trim().split('\n').at(-1)).toMatch(
      /^Cordboard already runs with this folder \(process \d+\): stop it, or set CORDBOARD_HOME to another folder\.$/,
    );
  });

  test('looks well to the doctor', async () => {
    const doctor = begin(['doctor'], environment);
    expect(await doctor.ended, doctor.said()).toBe(0);
    expect(doctor.said()).toContain(`✓ Installation         running (process ${started.pid})`);
    expect(doctor.said()).toMatch(/✓ PostgreSQL +answers at .* its tables are those of this release/);
    expect(doctor.said()).toMatch(/✓ Applications +ready at/);
  });

  test('call control that dies is started again, and said so, while Asterisk goes on', async () => {
    const asterisk = await childOf(started.pid, 'asterisk');
    const stasis = await childOf(started.pid, 'apps/stasis');
    if (stasis === undefined) throw new Error('call control is no child');
    process.kill(stasis, 'SIGKILL');
    await started.says('stasis was killed (SIGKILL); starting it again in 0.1 s', 5000);
    const log = join(home, 'data', 'log', 'stasis.log');
    await until(
      'it has taken up what was left, a second time',
      async () => (await readFile(log, 'utf8')).split('taken up what was left').length === 3,
      { withinMs: 15_000 },
    );
    const next = await childOf(started.pid, 'apps/stasis');
    expect(next).toBeGreaterThan(0);
    expect(next).not.toBe(stasis);
    expect(await childOf(started.pid, 'asterisk')).toBe(asterisk);
  });

  test('ends at SIGTERM, and leaves no process, mount or port', async () => {
    await end(started, 'SIGTERM');
  });

  test('looks well to the doctor even when it is over', async () => {
    const doctor = begin(['doctor'], environment);
    expect(await doctor.ended, doctor.said()).toBe(0);
    expect(doctor.said()).toContain('✓ Installation         not running');
    expect(doctor.said()).toMatch(/✓ Ports .* are free/);
  });
});

describe('the demo', () => {
  let started: Running;

  test('shows agents who talk to callers within a minute', { timeout: 90_000 }, async () => {
    started = await bringUp(['demo', '--rate', '40', '--agents', '2', '--for', '40s'], 30_000);
    expect(started.said()).toContain('2 agents are at the phone, and about 40 callers come in each minute.');
    const board = await BoardWatch.open(await new Person(url).signIn('admin', password));
    try {
      await board.shows(
        'an agent talking',
        ({ agents }) => [...agents.values()].some(({ state }) => state === 'talking'),
        60_000,
      );
    } finally {
      board.close();
    }
  });

  test('ends by itself after the time it was given, and leaves no process, mount or port', {
    timeout: 90_000,
  }, async () => {
    expect(await started.ended, started.said()).toBe(0);
    running = undefined;
    expect(started.said()).not.toMatch(/Warning|Error|desk phone|a caller:/);
    expect(await leftOf(home, ports)).toEqual([]);
  });
});

describe('a later start', () => {
  let started: Running;
  beforeAll(async () => {
    started = await bringUp(['start'], 60_000);
  });

  test('takes seconds, and shows no password again', () => {
    const [, seconds] = /Cordboard is ready \((\S+) s\)/.exec(started.said()) ?? [];
    expect(Number(seconds)).toBeLessThan(15);
    expect(started.said()).not.toContain('password');
  });

  test('finds the floor as the demo left it: nobody in a call, nobody signed in, every call on record', async () => {
    const admin = await new Person(url).signIn('admin', password);
    const board = await BoardWatch.open(admin);
    try {
      await board.shows('an empty floor', ({ agents, calls }) => agents.size === 6 && calls.size === 0);
      expect([...board.agents.values()].map(({ state }) => state)).toEqual(Array(6).fill('signed-out'));
    } finally {
      board.close();
    }
    const { items } = await admin.ask<{ items: readonly { from: string; disposition: string; talkedMs: number }[] }>(
      'GET',
      '/api/calls?limit=100',
    );
    const fromOutside = items.filter(({ from }) => from === 'trunk');
    expect(fromOutside.length).toBeGreaterThan(5);
    expect(fromOutside.filter(({ disposition }) => disposition === 'answered')).not.toEqual([]);
  });

  test('ends at Ctrl-C, and leaves no process, mount or port', async () => {
    await end(started, 'SIGINT');
  });
});
