import { expect, test } from 'vitest';
import { ServerClock } from './server-clock.ts';

test('a wall clock that is wrong by an hour does not make callers wait an hour longer', () => {
  const clock = new ServerClock();
  const here = 1_000_000;
  clock.hear(here + 3_600_000, here);
  expect(clock.now(here + 5000)).toBe(here + 3_605_000);
});

test('a message that was long on its way does not set the clock back', () => {
  const clock = new ServerClock();
  clock.hear(10_000, 9000);
  clock.hear(11_000, 10_900);
  expect(clock.offsetMs).toBe(1000);
});

test('a clock that has been put right is followed after a few seconds', () => {
  const clock = new ServerClock();
  clock.hear(10_000, 0);
  for (let second = 0; second < 10; second += 1) clock.hear(second * 1000, second * 1000);
  expect(clock.offsetMs).toBe(0);
});

test('before anything is heard, this machine’s time holds', () => {
  expect(new ServerClock().now(42)).toBe(42);
});
