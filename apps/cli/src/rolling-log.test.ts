import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { putAside, rollingLog } from './rolling-log.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cordboard-log-'));
});
afterAll(() => rm(folder, { recursive: true }));

const write = async (file: string, most: number, lines: readonly string[]): Promise<void> => {
  const log = rollingLog(file, most);
  for (const line of lines) log.write(line);
  log.end();
  await once(log, 'close');
};

test('a log that has grown too long begins anew, and the piece before it is kept', async () => {
  const file = join(folder, 'rolls');
  await write(file, 10, ['one\n', 'two\n', 'three\n', 'four\n']);
  expect(await readFile(file, 'utf8')).toBe('four\n');
  expect(await readFile(`${file}.before`, 'utf8')).toBe('three\n');
});

test('a log goes on where it ended, and what was there can be put aside', async () => {
  const file = join(folder, 'goes-on');
  await putAside(file);
  await write(file, 100, ['one\n']);
  await write(file, 100, ['two\n']);
  expect(await readFile(file, 'utf8')).toBe('one\ntwo\n');
  await putAside(file);
  await write(file, 100, ['three\n']);
  expect(await readFile(`${file}.before`, 'utf8')).toBe('one\ntwo\n');
  expect(await readFile(file, 'utf8')).toBe('three\n');
});

test('a full disk loses lines and nothing else', async () => {
  await write('/dev/full', 100, ['one\n', 'two\n']);
});
