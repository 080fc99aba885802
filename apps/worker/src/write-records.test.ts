import type { CallFact } from '@cordboard/core';
import { aDirectory, Floor } from '@cordboard/testkit';
import { afterEach, expect, test, vi } from 'vitest';
import type { EndedCall } from './gather.ts';
import { createWriteRecords } from './write-records.ts';

afterEach(() => vi.useRealTimers());

const endedCall = (): EndedCall => {
  const floor = new Floor(undefined, aDirectory());
  const told = floor.facts.length;
  floor.callerHangsUp(floor.arrive('+33170000011'));
  return floor.facts.slice(told) as readonly CallFact[];
};
const [one, another] = [endedCall(), endedCall()];
const withoutBeginning = one.slice(2);

/** PostgreSQL that does as it is told, and what has been asked of it. */
const openDesk = (write: () => Promise<void> = async () => undefined) => {
  const desk = { asked: [] as (readonly EndedCall[])[], written: [] as string[], failures: [] as unknown[], now: 0 };
  const writeRecords = createWriteRecords({
    write: (calls) => {
      desk.asked.push(calls);
      return write();
    },
    onWritten: (call) => desk.written.push(call),
    onFailure: (error) => desk.failures.push(error),
    now: () => desk.now,
  });
  return Object.assign(desk, { writeRecords });
};

test('calls that have ended together are written together, and nothing is left to do', async () => {
  const desk = openDesk();
  expect(await desk.writeRecords([one, another])).toEqual([]);
  expect(desk.asked).toEqual([[one, another]]);
  expect(desk.written).toEqual([one[0]?.call, another[0]?.call]);
});

test('a call whose beginning was not read becomes a job, as there may be one already that has it whole', async () => {
  const desk = openDesk();
  expect(await desk.writeRecords([withoutBeginning, another])).toEqual([withoutBeginning]);
  expect(desk.asked).toEqual([[another]]);
  expect(await desk.writeRecords([])).toEqual([]);
  expect(await desk.writeRecords([withoutBeginning])).toEqual([withoutBeginning]);
  expect(desk.asked).toHaveLength(1);
});

test('what PostgreSQL does not take becomes jobs, and it is left alone for a while', async () => {
  const desk = openDesk(() => Promise.reject(new Error('away')));
  expect(await desk.writeRecords([one, another])).toEqual([one, another]);
  expect(desk.written).toEqual([]);
  expect(desk.failures).toHaveLength(1);
  desk.now = 4999;
  expect(await desk.writeRecords([one])).toEqual([one]);
  expect(desk.asked).toHaveLength(1);
  desk.now = 5000;
  await desk.writeRecords([one]);
  expect(desk.asked).toHaveLength(2);
});

test('PostgreSQL that neither takes them nor refuses holds nobody up', async () => {
  vi.useFakeTimers();
  const desk = openDesk(() => new Promise(() => undefined));
  const left = desk.writeRecords([one]);
  await vi.advanceTimersByTimeAsync(2000);
  expect(await left).toEqual([one]);
  expect(desk.failures).toEqual([new Error('PostgreSQL has not written records within 2000 ms.')]);
});
