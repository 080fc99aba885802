import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Pace } from './pace.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the first is done at once, a storm is done as often as allowed, and the last is never forgotten', () => {
  let done = 0;
  const pace = new Pace(10, () => {
    done += 1;
  });
  pace.ask();
  expect(done).toBe(1);
  for (let ms = 0; ms < 25; ms += 1) {
    pace.ask();
    vi.advanceTimersByTime(1);
  }
  expect(done).toBe(3);
  vi.advanceTimersByTime(20);
  expect(done).toBe(4);
});

test('what is stopped does nothing more', () => {
  let done = 0;
  const pace = new Pace(10, () => {
    done += 1;
  });
  pace.ask();
  pace.ask();
  pace.stop();
  vi.advanceTimersByTime(100);
  expect(done).toBe(1);
});
