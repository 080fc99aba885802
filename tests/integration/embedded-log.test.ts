import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Asterisk, startAsterisk } from '@cordboard/embedded';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../support/until.ts';
import { askAri, type Lab, openLab } from './embedded-lab.ts';

const mostBytes = 20_000;
let lab: Lab;
let asterisk: Asterisk;
let file: string;
beforeAll(async () => {
  lab = await openLab();
  const { root, media, folder, ports } = lab;
  asterisk = await startAsterisk({
    root,
    media,
    folder: join(folder, 'asterisk'),
    ports,
    ari: { user: 'test', password: 'for-this-test-only' },
    app: 'test',
    logLimit: { mostBytes, everyMs: 50 },
  });
  file = join(asterisk.folder, 'log', 'messages');
});
afterAll(async () => {
  await asterisk.stop();
  await lab.clear();
});

/** Gives Asterisk something to complain of, a line each. */
const complain = (name: string): Promise<unknown> =>
  askAri(asterisk, 'POST', `channels?endpoint=PJSIP/${name.padEnd(60, '-')}&app=test`);
/** Empty when it is not there. */
const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');
const sizeOf = async (path: string): Promise<number> => (await textOf(path)).length;

test('Asterisk’s log begins anew when it has grown too long, and the piece before it is kept', async () => {
  let complaints = 0;
  await until(
    'a log put aside',
    async () => {
      complaints += 1;
      await complain(`complaint-${complaints}`);
      return (await sizeOf(`${file}.before`)) > mostBytes;
    },
    { withinMs: 25_000, everyMs: 1 },
  );
  await until('the next piece', async () => (await textOf(file)) !== '');
  await complain('the-first-of-the-next');
  await until('it being told there', async () => (await textOf(file)).includes('the-first-of-the-next'));
  expect(await sizeOf(file)).toBeLessThan(mostBytes);
  const kept = await textOf(`${file}.before`);
  expect(kept).not.toContain('the-first-of-the-next');
  // None is lost between the two.
  for (let each = 1; each <= complaints; each += 1)
    expect(kept + (await textOf(file)), `complaint ${each}`).toContain(`complaint-${each}-`);
});

test('a log that somebody has removed is begun again', async () => {
  await rm(file);
  await until('a new one', async () => {
    await complain('after-the-removal');
    return (await textOf(file)).includes('after-the-removal');
  });
});
