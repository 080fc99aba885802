import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DiskReserve } from './disk-reserve.ts';

const bytes = 64 * 1024;
let folder = '';
let reserve: DiskReserve | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cordboard-reserve-'));
});
afterEach(async () => {
  await reserve?.stop();
  await rm(folder, { recursive: true });
});

const setUp = (free: number, againInMs = 0) => {
  const seen: string[] = [];
  const disk = { free, ask: () => Promise.resolve(disk.free) };
  const file = join(folder, 'reserve');
  const observer = {
    free: () => undefined,
    givenUp: () => seen.push('given up'),
    held: () => seen.push('held'),
    failed: (error: unknown) => seen.push(String(error)),
  };
  reserve = new DiskReserve({ file, observer, bytes, againInMs, freeBytes: () => disk.ask() });
  const size = () =>
    stat(file).then(
      (found) => found.size,
      () => 0,
    );
  return { disk, seen, size, reserve };
};

test('room is taken while there is enough of it', async () => {
  const { seen, size, reserve } = setUp(10 * bytes);
  await reserve.look();
  expect(await size()).toBe(bytes);
  await reserve.look();
  expect(seen).toEqual(['held']);
});

test('a disk that becomes full is given it, once, and what is there again is taken again', async () => {
  const { disk, seen, size, reserve } = setUp(10 * bytes);
  await reserve.look();
  disk.free = 0;
  await reserve.look();
  await reserve.look();
  expect(await size()).toBe(0);
  disk.free = bytes;
  await reserve.look();
  expect(await size()).toBe(0);
  disk.free = 3 * bytes;
  await reserve.look();
  expect(await size()).toBe(bytes);
  expect(seen).toEqual(['held', 'given up', 'held']);
});

test('a process that begins finds what an earlier one left, or a disk that is full already', async () => {
  const first = setUp(10 * bytes);
  await first.reserve.look();
  await first.reserve.stop();
  const second = setUp(0);
  await second.reserve.look();
  expect([second.seen, await second.size()]).toEqual([['held'], bytes]);
  await second.reserve.look();
  expect([second.seen, await second.size()]).toEqual([['held', 'given up'], 0]);
  await second.reserve.stop();
  const third = setUp(0);
  await third.reserve.look();
  expect(third.seen).toEqual(['given up']);
});

test('a disk that cannot be asked is told of once, not with each look', async () => {
  const { disk, seen, reserve } = setUp(10 * bytes, 60_000);
  disk.ask = () => Promise.reject(new Error('EIO'));
  await reserve.look();
  await reserve.look();
  expect(seen).toEqual(['Error: EIO']);
});
