import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { watchLag } from './lag-watch.ts';

test('a moment in which nothing else could be done is seen, until the watch begins anew', async () => {
  const watch = watchLag();
  await pause(30);
  const until = performance.now() + 300;
  while (performance.now() < until);
  await pause(30);
  expect(watch.longestMs()).toBeGreaterThan(200);
  watch.reset();
  expect(watch.longestMs()).toBe(0);
  watch.close();
});
