import type { CallState, ChannelId, Strain } from '@cordboard/core';
import { watchLag } from '@cordboard/telemetry';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StrainWatch } from './strain-watch.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const setUp = () => {
  const reports: Strain[] = [];
  const errors: unknown[] = [];
  const house = { lagMs: 0, calls: [] as CallState[], asked: [] as ChannelId[], load: 0 };
  const asterisk = { load: (): Promise<number | undefined> => Promise.resolve(1.5) };
  const watch = new StrainWatch({
    control: {
      strainReported: (strain) => reports.push(strain),
      get calls() {
        return house.calls;
      },
    },
    lag: {
      longestMs: () => house.lagMs,
      reset: () => {
        house.lagMs = 0;
      },
      close: () => undefined,
    },
    askLoad: (channel) => {
      house.asked.push(channel);
      return asterisk.load();
    },
    onLoad: (load) => {
      house.load = load;
    },
    onFailure: (error) => errors.push(error),
  });
  return { watch, reports, errors, house, asterisk };
};

const aCall = { caller: '1.1' as ChannelId } as CallState;
const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000);

test('each second is told of by itself: a moment’s lag is not told twice', async () => {
  const { watch, reports, house } = setUp();
  house.lagMs = 420;
  await seconds(2);
  expect(reports).toEqual([{ lagMs: 420 }, { lagMs: 0 }]);
  watch.stop();
  await seconds(5);
  expect(reports).toHaveLength(2);
});

test('Asterisk is asked for its load while somebody calls, and says it of any caller', async () => {
  const { watch, reports, house } = setUp();
  await seconds(2);
  expect(house.asked).toEqual([]);
  house.calls = [aCall];
  await seconds(2);
  expect(reports.at(-1)).toEqual({ lagMs: 0, load: 1.5 });
  expect(house).toMatchObject({ asked: ['1.1', '1.1'], load: 1.5 });
  watch.stop();
});

test('a load that Asterisk said long ago is not known any more, and a slow answer is waited for once', async () => {
  const { watch, reports, house, asterisk } = setUp();
  house.calls = [aCall];
  await seconds(2);
  asterisk.load = () => new Promise(() => undefined);
  await seconds(5);
  expect(reports.at(-1)).toEqual({ lagMs: 0 });
  expect(house.asked).toHaveLength(3);
  watch.stop();
});

test('an Asterisk that cannot be asked keeps nothing else from being told', async () => {
  const { watch, reports, errors, house, asterisk } = setUp();
  house.calls = [aCall];
  asterisk.load = () => Promise.reject(new Error('away'));
  await seconds(3);
  expect(reports).toHaveLength(3);
  expect(errors).toHaveLength(3);
  watch.stop();
});

test('an event loop that was really held up is told of within a second or so', async () => {
  vi.useRealTimers();
  const lagMs = await new Promise<number>((resolve) => {
    const watch = new StrainWatch({
      control: {
        calls: [],
        strainReported: (strain) => {
          watch.stop();
          resolve(strain.lagMs);
        },
      },
      lag: watchLag(),
      askLoad: () => Promise.resolve(undefined),
      onLoad: () => undefined,
      onFailure: () => undefined,
    });
    setTimeout(() => {
      const until = performance.now() + 300;
      while (performance.now() < until);
    }, 50);
  });
  expect(lagMs).toBeGreaterThan(200);
});
