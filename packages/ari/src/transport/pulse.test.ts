import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { usualPulse, watchPulse } from './pulse.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A far end that answers each ping after 5 ms, until it is cut off. */
const setUp = () => {
  let isCut = false;
  let lostAt: number | undefined;
  const socket = new EventEmitter() as EventEmitter & { readyState: number; ping: () => void };
  socket.readyState = WebSocket.OPEN;
  socket.ping = () => void setTimeout(() => isCut || socket.emit('pong'), 5);
  watchPulse(socket as unknown as WebSocket, usualPulse, () => {
    lostAt ??= performance.now();
  });
  return {
    cut: () => {
      isCut = true;
    },
    lostAt: () => lostAt,
  };
};

test('who answers is never lost', async () => {
  const { lostAt } = setUp();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(lostAt()).toBeUndefined();
});

test('whenever the line is cut, that is known within 3 s', async () => {
  for (let afterMs = 10_000; afterMs < 14_000; afterMs += 250) {
    const { cut, lostAt } = setUp();
    await vi.advanceTimersByTimeAsync(afterMs);
    const cutAt = performance.now();
    cut();
    await vi.advanceTimersByTimeAsync(7000);
    expect((lostAt() ?? Number.POSITIVE_INFINITY) - cutAt).toBeLessThanOrEqual(3010);
  }
});
