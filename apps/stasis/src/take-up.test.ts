import type { Announcements, CallControl, Change, Inherited, SavedExchange } from '@cordboard/application';
import type { CallId } from '@cordboard/core';
import { RedisUnavailable } from '@cordboard/redis';
import { MemoryJournal, MemoryStore } from '@cordboard/testkit';
import { expect, test, vi } from 'vitest';
import { takeUp } from './take-up.ts';

const nothing = { calls: [], ended: [], agents: [], facts: [] } as const satisfies Change;
const call = (id: string, phase: string): Change['calls'][number] =>
  ({ id, phase, policyVersion: 1 }) as unknown as Change['calls'][number];

/** What an earlier process has left: how far the store got, and how far the copy. */
const setUp = async ({ inStore, inCopy }: { readonly inStore: number; readonly inCopy: number }) => {
  const [store, journal, copy] = [new MemoryStore(), new MemoryJournal(), new MemoryJournal()];
  for (let n = 1; n <= inStore; n += 1)
    await store.commit({ ...nothing, calls: [call('c1', `store ${n}`)] }, { epoch: 7, first: n, n });
  if (inStore === 0) store.loseAll();
  if (inCopy > 0)
    copy.begin([
      {
        is: 'whole',
        at: { epoch: 7, n: 1 },
        change: { ...nothing, calls: [call('c1', 'copy 1'), call('c2', 'copy')] },
      },
      {
        is: 'change',
        at: { epoch: 7, n: inCopy },
        change: { ...nothing, calls: [call('c1', `copy ${inCopy}`)], ended: ['c2' as CallId] },
      },
    ]);
  const restored: { saved: SavedExchange; writing: { epoch: number; inherits?: Inherited } | undefined }[] = [];
  const control = {
    restore: (saved: SavedExchange, _: unknown, writing?: { epoch: number; inherits?: Inherited }) =>
      restored.push({ saved, writing }),
  } as unknown as CallControl;
  const announcements = { policyOf: () => Promise.resolve(undefined) } as unknown as Announcements;
  const parts = { control, store, journal, copy, announcements, signal: new AbortController().signal };
  return { ...parts, restored, takeUp: () => takeUp(parts) };
};

const phases = ({ calls }: Pick<SavedExchange, 'calls'>): readonly string[] => calls.map(({ phase }) => phase);

test('the store tells how things stood, when it knows of as much as the copy on disk or more', async () => {
  for (const inCopy of [0, 3, 4]) {
    const { takeUp: takeItUp, restored } = await setUp({ inStore: 4, inCopy });
    expect(await takeItUp()).toMatchObject({ calls: 1, from: 'redis' });
    expect(phases(restored[0]?.saved ?? nothing)).toEqual(['store 4']);
  }
});

test('a store that has lost all, or its last moments, is given what the copy on disk tells', async () => {
  for (const inStore of [0, 2]) {
    const { takeUp: takeItUp, restored, store } = await setUp({ inStore, inCopy: 4 });
    expect(await takeItUp()).toMatchObject({ calls: 1, from: 'copy' });
    expect(phases(restored[0]?.saved ?? nothing)).toEqual(['copy 4']);
    expect(phases(await store.load())).toEqual(['copy 4']);
    const { epoch = 0 } = (await store.position()) ?? {};
    expect(epoch).toBe(restored[0]?.writing?.epoch);
    expect(epoch).toBeGreaterThan(7);
  }
});

test('while the store is away, the copy on disk tells, and up to where it does', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 250 });
  const { takeUp: takeItUp, restored, store } = await setUp({ inStore: 5, inCopy: 4 });
  store.position = () => Promise.reject(new RedisUnavailable('away'));
  expect(await takeItUp()).toMatchObject({ calls: 1, from: 'copy' });
  expect(restored[0]).toMatchObject({
    saved: { calls: [{ phase: 'copy 4' }] },
    writing: { inherits: 'copy' },
  });
  vi.useRealTimers();
});
