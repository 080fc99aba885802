import { expect, test } from 'vitest';
import { Liveness } from './liveness.ts';

test('two seconds of silence, and the page says that it is not live, and since when', () => {
  const liveness = new Liveness();
  liveness.heard(50_000, 100);
  expect(liveness.isLive(2099)).toBe(true);
  expect(liveness.isLive(2100)).toBe(false);
  expect(liveness.lastAt).toBe(50_000);
});

test('a page that has heard nothing yet is not live, and has no moment to name', () => {
  expect(new Liveness().isLive(0)).toBe(false);
  expect(new Liveness().lastAt).toBeUndefined();
});
