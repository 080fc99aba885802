import { expect, test } from 'vitest';
import { type Hop, HopFailed, hopLine, Walk } from './hop.ts';

test('each hop is told with its time, and a failed one with what to do', async () => {
  const told: Hop[] = [];
  const walk = new Walk((hop) => told.push(hop));
  expect(await walk.hop('the phone rings', 'look at the phone', async () => 7)).toBe(7);
  expect(walk.isGreen).toBe(true);
  const failing = walk.hop('the phone answers', 'pick it up', () => Promise.reject(new Error('nobody there')));
  await expect(failing).rejects.toThrow(HopFailed);
  expect(walk.isGreen).toBe(false);
  expect(told.map(({ what, failed }) => [what, failed])).toEqual([
    ['the phone rings', undefined],
    ['the phone answers', 'nobody there: pick it up'],
  ]);
});

test('a person reads at once what is green and what is not', () => {
  expect(hopLine({ what: 'Redis', tookMs: 1.4, failed: undefined })).toMatch(/✓ Redis +1 ms$/);
  expect(hopLine({ what: 'Redis', tookMs: 5000, failed: 'away: start it' })).toMatch(
    /✗ Redis +5000 ms\n +away: start it$/,
  );
});
