import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLogFile } from './log-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cordboard-log-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const say = (log: ReturnType<typeof openLogFile>, line: string): Promise<void> =>
  new Promise((resolve, reject) => {
    log.write(line, (error) => (error == null ? resolve() : reject(error)));
  });

test('a log is begun anew, or gone on with', async () => {
  const file = join(folder, 'log');
  await writeFile(file, 'before\n');
  const on = openLogFile(file, 'its-end');
  await say(on, 'one\n');
  await say(on, 'two\n');
  expect(await readFile(file, 'utf8')).toBe('before\none\ntwo\n');
  await say(openLogFile(file, 'anew'), 'three\n');
  expect(await readFile(file, 'utf8')).toBe('three\n');
});

test('what is said when the disk takes it again is in the log', async () => {
  const missing = join(folder, 'missing');
  const log = openLogFile(join(missing, 'log'), 'anew');
  await say(log, 'lost\n');
  await mkdir(missing);
  await say(log, 'kept\n');
  expect(await readFile(join(missing, 'log'), 'utf8')).toBe('kept\n');
});
