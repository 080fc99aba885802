import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** What a process writes that does this with its log, in the pieces in which it leaves, and when since the first line. */
const written = async (script: string): Promise<readonly { readonly text: string; readonly atMs: number }[]> => {
  const source = fileURLToPath(new URL('./log.ts', import.meta.url));
  const program = `
    const { createLogger } = await import(${JSON.stringify(source)});
    const log = createLogger({ name: 'stasis' });
    ${script}`;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=source', '--input-type=module', '-e', program],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const pieces: { text: string; atMs: number }[] = [];
  for await (const piece of child.stdout) pieces.push({ text: String(piece), atMs: performance.now() });
  return pieces;
};

const lines = (text: string): number => text.split('\n').length - 1;

test('lines that are written together leave together, and none is left when the process ends', async () => {
  const pieces = await written(`for (let n = 0; n < 50; n += 1) log.info({ n }, 'call arrived');`);
  expect(lines(pieces.map(({ text }) => text).join(''))).toBe(50);
  expect(pieces.length).toBeLessThan(5);
});

test('of a process that is ended by an error or on purpose, none is lost', async () => {
  const onPurpose = await written(`log.info('call arrived'); process.exit(1);`);
  expect(onPurpose.map(({ text }) => text).join('')).toContain('call arrived');
  const byError = await written(`
    process.on('uncaughtException', (error) => { log.fatal({ err: error }, 'ends'); process.exit(1); });
    log.info('call arrived'); setImmediate(() => { throw new Error('broken'); });`);
  expect(lines(byError.map(({ text }) => text).join(''))).toBe(2);
});

test('a process that goes on is heard within a moment, and its warnings at once', async () => {
  const pieces = await written(`
    log.info('first'); log.warn('second');
    setTimeout(() => log.info('third'), 300);
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1000);`);
  expect(lines(pieces[0]?.text ?? '')).toBe(2);
  expect(pieces.map(({ text }) => text).join('')).toContain('third');
});
