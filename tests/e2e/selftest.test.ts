import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePortRange, freePorts } from '@cordboard/embedded';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { begin, childOf, freshHome, type Running } from '../integration/embedded-command.ts';
import { Person } from '../support/api.ts';

/** What may have to be compiled first is compiled by the first command. */
const firstTimeMs = 300_000;

let folder: string;
let environment: Record<string, string>;
let system: Running;
let admin: Person;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cordboard-selftest-'));
  const [http, sip, ari, redis, postgres] = await freePorts(5);
  const rtp = await freePortRange(400);
  environment = {
    CORDBOARD_HOME: await freshHome(folder),
    CORDBOARD_HTTP_PORT: String(http),
    CORDBOARD_SIP_PORT: String(sip),
    CORDBOARD_ARI_PORT: String(ari),
    CORDBOARD_REDIS_PORT: String(redis),
    CORDBOARD_POSTGRES_PORT: String(postgres),
    CORDBOARD_RTP_PORTS: `${rtp.first}-${rtp.last}`,
  };
  system = begin(['start'], environment);
  await system.says('Ctrl-C ends it.', firstTimeMs);
  const password = /Sign in as +admin, password (\S+)/.exec(system.said())?.[1] ?? '';
  admin = await new Person(`http://127.0.0.1:${http}`).signIn('admin', password);
}, firstTimeMs);
afterAll(async () => {
  system.signal('SIGTERM');
  await system.ended;
  await rm(folder, { recursive: true, force: true });
});

const selftest = async (): Promise<{ readonly code: number | null; readonly said: string }> => {
  const running = begin(['selftest'], environment);
  const code = await running.ended;
  return { code, said: running.said() };
};

const extensions = async (): Promise<readonly string[]> => {
  const { items } = await admin.ask<{ items: readonly { extension: string }[] }>('GET', '/api/phones');
  return items.map(({ extension }) => extension);
};

test('[F19] the self-test calls through a running system, times each hop, and leaves nothing behind', async () => {
  const before = await extensions();
  const { code, said } = await selftest();
  expect(said).toContain('Every hop is green');
  expect(code).toBe(0);
  for (const hop of ['lets them register', 'the phone rings', 'the phone hears the caller', 'its record is written'])
    expect(said).toMatch(new RegExp(`✓ .*${hop} +\\d+ ms`));
  expect(await extensions()).toEqual(before);
});

test('[F19] it is red, and says where to look, when call control does not answer', async () => {
  const callControl = await childOf(system.pid, 'apps/stasis/');
  if (callControl === undefined) throw new Error('call control does not run');
  process.kill(callControl, 'SIGSTOP');
  try {
    const { code, said } = await selftest();
    expect(code).toBe(1);
    expect(said).toMatch(/✗ .*\n +.*: .*(log|doctor)/);
    expect(said).toContain('Red:');
  } finally {
    process.kill(callControl, 'SIGCONT');
  }
  expect(await extensions()).not.toContain('9999');
});

test('where nothing runs, it says what to do', async () => {
  const running = begin(['selftest'], { ...environment, CORDBOARD_HOME: join(folder, 'elsewhere') });
  expect(await running.ended).toBe(1);
  expect(running.said()).toContain('start Cordboard with npm start');
});
