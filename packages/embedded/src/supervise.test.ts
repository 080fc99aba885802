import { expect, test } from 'vitest';
import type { Exit } from './servers/server.ts';
import { restartDelayMs, type Supervisable, supervise } from './supervise.ts';

/** A child that ends when told. */
const aChild = () => {
  let end: (exit: Exit) => void = () => undefined;
  const exited = new Promise<Exit>((resolve) => {
    end = resolve;
  });
  return {
    exited,
    crash: () => end({ code: null, signal: 'SIGKILL' }),
    stop: async () => end({ code: 0, signal: null }),
  };
};

/** Starts children one after the other, and tells when each has been started. */
const aNursery = (failures = 0) => {
  const children: ReturnType<typeof aChild>[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  let attempts = 0;
  return {
    children,
    start: async () => {
      attempts += 1;
      if (attempts > 1 && attempts <= 1 + failures) throw new Error('not yet');
      const child = aChild();
      children.push(child);
      for (const { count, resolve } of waiting) if (children.length >= count) resolve();
      return child;
    },
    born: (count: number) =>
      new Promise<void>((resolve) => {
        if (children.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  };
};

const quick = { firstMs: 1, mostMs: 4, forgivenAfterMs: 60_000 };

test('starts a child again when it dies, and says so', async () => {
  const nursery = aNursery();
  const said: string[] = [];
  const supervised = await supervise('worker', nursery.start, { report: (line) => said.push(line), backOff: quick });
  nursery.children[0]?.crash();
  await nursery.born(2);
  await supervised.stop();
  expect(nursery.children).toHaveLength(2);
  expect(said[0]).toBe('worker was killed (SIGKILL); starting it again in 0.001 s');
});

test('keeps trying when a start fails', async () => {
  const nursery = aNursery(3);
  const said: string[] = [];
  const supervised = await supervise('worker', nursery.start, { report: (line) => said.push(line), backOff: quick });
  nursery.children[0]?.crash();
  await nursery.born(2);
  await supervised.stop();
  expect(said.filter((line) => line.includes('could not be started (not yet)'))).toHaveLength(3);
});

test('leaves a child alone that was stopped on purpose', async () => {
  const nursery = aNursery();
  const said: string[] = [];
  const supervised = await supervise('worker', nursery.start, { report: (line) => said.push(line), backOff: quick });
  await supervised.stop();
  await supervised.stop();
  expect(nursery.children).toHaveLength(1);
  expect(said).toEqual([]);
});

test('restarts on purpose without a word', async () => {
  const nursery = aNursery();
  const said: string[] = [];
  const supervised = await supervise('worker', nursery.start, { report: (line) => said.push(line), backOff: quick });
  await supervised.restart();
  expect(supervised.current()).toBe(nursery.children[1]);
  await supervised.stop();
  expect(said).toEqual([]);
});

test('a first start that fails is the caller’s to know', async () => {
  const never = (): Promise<Supervisable> => Promise.reject(new Error('port taken'));
  await expect(supervise('worker', never, { report: () => undefined })).rejects.toThrow('port taken');
});

test('waits longer each time, up to a limit', () => {
  const delays = [0, 1, 2, 3, 10, 1000].map((n) =>
    restartDelayMs(n, { firstMs: 100, mostMs: 1000, forgivenAfterMs: 0 }),
  );
  expect(delays).toEqual([100, 200, 400, 800, 1000, 1000]);
});
