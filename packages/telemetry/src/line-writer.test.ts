import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, readSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeLines } from './line-writer.ts';

let folder: string;
const open: number[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lines-'));
});
afterEach(() => {
  for (const fd of open.splice(0)) closeSync(fd);
});

const opened = (path: string, flags: number | string): number => {
  const fd = openSync(path, flags);
  open.push(fd);
  return fd;
};

/** A pipe whose reader reads when it is asked to, and which takes some 64 kB meanwhile. */
const aPipe = () => {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = opened(path, constants.O_WRONLY | constants.O_NONBLOCK);
  const read = (): string => {
    const buffer = Buffer.alloc(1 << 20);
    try {
      return buffer.toString('utf8', 0, readSync(reader, buffer));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return '';
      throw error;
    }
  };
  return { writer, read, leave: () => closeSync(reader) };
};

const line = (n: number): string => `line ${n} ${'é'.repeat(100)}\n`;

test('lines arrive whole and in order, those of one moment together', async () => {
  const path = join(folder, 'log');
  const writer = writeLines(opened(path, 'a'), { togetherMs: 1 });
  for (let n = 0; n < 500; n += 1) writer.write(line(n));
  const whole = Array.from({ length: 500 }, (_, n) => line(n)).join('');
  await expect.poll(() => readFileSync(path, 'utf8')).toBe(whole);
});

test('what is left when the process ends is written then', () => {
  const path = join(folder, 'log');
  const writer = writeLines(opened(path, 'a'));
  writer.write(line(1));
  writer.end();
  expect(readFileSync(path, 'utf8')).toBe(line(1));
});

test('who does not read holds up nobody; what is too much is left out, and how much is said', async () => {
  const { writer: fd, read, leave } = aPipe();
  const writer = writeLines(fd, { togetherMs: 1, mostWaiting: 100_000 });
  let text = '';
  // By turns, so that the pipe is full before what waits is.
  for (let n = 0; n < 2000; n += 1) {
    writer.write(line(n));
    if (n % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await expect
    .poll(() => {
      text += read();
      return text;
    })
    .toContain('left out');
  const lines = text.split('\n').filter((each) => each !== '');
  const { count } = JSON.parse(lines.find((each) => each.includes('left out')) ?? '') as { count: number };
  expect(count).toBeGreaterThan(100);
  expect(lines).toHaveLength(2000 - count + 1);
  leave();
});

test.each(['nobody reads any more', 'somebody does not read'])(
  'the end of the process does not wait for it: %s',
  (how) => {
    const { writer: fd, leave } = aPipe();
    const writer = writeLines(fd, { atEndMs: 100 });
    if (how === 'nobody reads any more') leave();
    for (let n = 0; n < 2000; n += 1) writer.write(line(n));
    const began = performance.now();
    writer.end();
    expect(performance.now() - began).toBeLessThan(1000);
  },
);
