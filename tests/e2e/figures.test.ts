import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { namedFigures } from '@cordboard/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Figures, figuresFrom } from '../support/figures-from.ts';
import { type House, openHouse } from '../support/house.ts';

import { until } from '../support/until.ts';

/** What one call moves: read before it comes, and after it has gone. */
let house: House;
let before: Figures;
let during: Figures;
let after: Figures;
let call: string;
let caller: { readonly callerNumber: string };

beforeAll(async () => {
  house = await openHouse();
  const phone = await house.ready('101');
  before = await until('the figures of all processes', async () => {
    const read = await figuresFrom(house.url);
    return read.has('cordboard_calls_begun_total', {}) && read.has('cordboard_jobs_total', {}) && read;
  });
  const outside = await house.caller();
  caller = outside;
  const dialled = await outside.dial('+33170000011');
  const ringing = await phone.nextIncoming({ withinMs: 5000 });
  call = await house.callOf(outside);
  await ringing.answer();
  await dialled.established({ withinMs: 3000 });
  during = await until('the call among the figures', async () => {
    const read = await figuresFrom(house.url);
    return read.sum('cordboard_calls', { place: 'talking' }) === 1 && read;
  });
  await dialled.hangUp();
  after = await until(
    'the record of the call among the figures',
    async () => {
      const read = await figuresFrom(house.url);
      const isTold = read.sum('cordboard_calls_ended_total', {}) > 0;
      return isTold && read.sum('cordboard_jobs_total', { kind: 'record-call', outcome: 'done' }) > 0 && read;
    },
    { withinMs: 20_000 },
  );
});
afterAll(() => house.close());

const grownBy = (name: string, labels: Readonly<Record<string, string>> = {}): number =>
  after.sum(name, labels) - before.sum(name, labels);

test('every figure that a process names is told, and says which process it is of', () => {
  const told = new Set(after.names);
  expect(namedFigures().filter(({ name }) => !told.has(name))).toEqual([]);
  expect(after.all.filter(({ labels }) => labels.process === undefined)).toEqual([]);
});

test('a call that is answered is counted once at each step', () => {
  for (const [name, labels] of [
    ['cordboard_calls_begun_total', { direction: 'in' }],
    ['cordboard_queue_entered_total', { queue: 'support' }],
    ['cordboard_offers_total', { queue: 'support' }],
    ['cordboard_offers_ended_total', { outcome: 'accepted' }],
    ['cordboard_offer_ring_seconds_count', {}],
    ['cordboard_free_ring_seconds_count', {}],
    ['cordboard_queue_left_total', { queue: 'support', outcome: 'answered' }],
    ['cordboard_queue_answer_seconds_count', { queue: 'support' }],
    ['cordboard_calls_ended_total', { disposition: 'answered' }],
    ['cordboard_call_talk_seconds_count', {}],
    ['cordboard_jobs_total', { kind: 'record-call', outcome: 'done' }],
  ] as const)
    expect(grownBy(name, labels), name).toBe(1);
  for (const [name, labels] of [
    ['cordboard_calls_begun_total', { direction: 'out' }],
    ['cordboard_calls_ended_total', { disposition: 'abandoned' }],
    ['cordboard_offers_ended_total', { outcome: 'no-answer' }],
    ['cordboard_drift_healed_total', {}],
    ['cordboard_jobs_total', { outcome: 'failed' }],
    ['cordboard_facts_lost_total', {}],
  ] as const)
    expect(grownBy(name, labels), name).toBe(0);
  expect(grownBy('cordboard_free_ring_seconds_sum')).toBeLessThan(5);
  expect(grownBy('cordboard_command_seconds_count')).toBeGreaterThan(2);
});

test('while it lasts, it is seen where it is, and its agent is talking', () => {
  expect(during.sum('cordboard_calls', { place: 'talking', direction: 'in' })).toBe(1);
  expect(during.sum('cordboard_calls')).toBe(1);
  expect(during.sum('cordboard_agents', { state: 'talking' })).toBe(1);
  expect(during.sum('cordboard_queue_members', { queue: 'support', state: 'talking' })).toBe(1);
  expect(before.sum('cordboard_agents', { state: 'ready' })).toBe(1);
  expect(before.sum('cordboard_calls')).toBe(0);
});

test('the day, the processes and the lease are told', () => {
  expect(after.sum('cordboard_queue_service_level_ratio', { queue: 'support' })).toBe(1);
  expect(after.sum('cordboard_queue_service_goal_ratio', { queue: 'support' })).toBeGreaterThan(0.5);
  for (const process of ['stasis', 'api', 'worker'])
    expect(after.has('cordboard_event_loop_lag_seconds', { process }), process).toBe(true);
  for (const reader of ['board', 'records', 'kept-facts']) {
    expect(after.has('cordboard_fact_reader_lag_seconds', { reader }), reader).toBe(true);
    expect(after.sum('cordboard_fact_reader_lag_seconds', { reader }), reader).toBeLessThan(3);
  }
  expect(after.sum('cordboard_lease_epoch')).toBeGreaterThan(0);
  expect(after.sum('cordboard_lease_held')).toBe(1);
  expect(after.sum('cordboard_lease_standby')).toBe(0);
  expect(after.sum('cordboard_lease_info', { because: 'first' })).toBe(1);
  expect(after.sum('cordboard_asterisk_in_control')).toBe(1);
  for (const part of ['redis', 'database', 'callControl', 'journal', 'disk', 'feed'])
    expect(after.sum('cordboard_ready', { part }), part).toBe(1);
});

test('whoever waits is seen with how long, and whoever gives up is counted', async () => {
  const outside = await house.caller();
  await house.ask('ana', { to: 'pause', reason: 'test' });
  const dialled = await outside.dial('+33170000011');
  await until('the caller in line', async () => {
    const read = await figuresFrom(house.url);
    return (
      read.sum('cordboard_queue_waiting', { queue: 'support' }) === 1 &&
      read.sum('cordboard_queue_longest_wait_seconds', { queue: 'support' }) > 0
    );
  });
  await dialled.hangUp();
  await until(
    'the caller among those who gave up',
    async () => {
      const read = await figuresFrom(house.url);
      return (
        read.sum('cordboard_calls_ended_total', { disposition: 'abandoned' }) === 1 &&
        read.sum('cordboard_queue_left_total', { queue: 'support', outcome: 'abandoned' }) === 1
      );
    },
    { withinMs: 10_000 },
  );
});

test('one call is found in the log of each process by its id, step by step, without the caller’s number', async () => {
  const linesOf = async (process: string): Promise<readonly Record<string, unknown>[]> => {
    const text = await readFile(join(house.lab.folder, 'log', `${process}.log`), 'utf8');
    return text
      .split('\n')
      .filter((line) => line.startsWith('{') && line.includes(call))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };
  await until('a line of the worker', async () => (await linesOf('worker')).length > 0);
  for (const process of ['stasis', 'api', 'worker']) {
    const lines = await linesOf(process);
    expect(
      lines.map(({ callId }) => callId),
      process,
    ).toEqual(lines.map(() => call));
    expect(lines.length, process).toBeGreaterThan(0);
  }
  expect((await linesOf('stasis')).map(({ msg }) => msg)).toEqual([
    'call arrived',
    'call queued',
    'call offered',
    'call answered',
    'call ended',
  ]);
  for (const process of ['stasis', 'api', 'worker']) {
    const whole = await readFile(join(house.lab.folder, 'log', `${process}.log`), 'utf8');
    expect(whole, process).not.toContain(caller.callerNumber.slice(1));
  }
});
