import { setTimeout as pause } from 'node:timers/promises';
import {
  type Announcements,
  type CallControl,
  type ExchangeStore,
  type Inherited,
  isAfter,
  type Journal,
  replay,
  type SavedExchange,
  stateIn,
} from '@cordboard/application';
import type { Policy } from '@cordboard/core';
import { RedisUnavailable } from '@cordboard/redis';

const retryMs = 250;
/** A process that has just begun may be connected in a moment. */
const graceMs = 2000;

export interface TakeUpParts {
  readonly control: CallControl;
  readonly store: ExchangeStore;
  readonly journal: Journal;
  readonly copy: Journal;
  readonly announcements: Announcements;
  readonly signal: AbortSignal;
}

export interface TakenUp {
  readonly calls: number;
  readonly agents: number;
  readonly from: 'redis' | Inherited;
}

/**
 * Takes up what an earlier process left: its calls, its agents, and the policies that those calls came in with. What it left
 * in the journal is handed to Redis first. Where Redis has lost what it held, the copy on disk, a moment old, tells how
 * things stood; where Redis is away, the journal does or the copy; where they tell nothing, nothing can be done before Redis is
 * there, however long it takes.
 */
export const takeUp = async ({
  control,
  store,
  journal,
  copy,
  announcements,
  signal,
}: TakeUpParts): Promise<TakenUp> => {
  const restore = async (
    saved: SavedExchange,
    writing: { readonly epoch: number; readonly inherits?: Inherited },
    from: TakenUp['from'],
  ): Promise<TakenUp> => {
    const versions = new Set([...saved.calls, ...(saved.tickets ?? [])].map(({ policyVersion }) => policyVersion));
    const policies = await Promise.all([...versions].map((version) => announcements.policyOf(version)));
    control.restore(
      saved,
      policies.filter((policy): policy is Policy => policy !== undefined),
      writing,
    );
    return { calls: saved.calls.length, agents: saved.agents.length, from };
  };

  const fromStore = async (): Promise<TakenUp> => {
    await replay(journal, store);
    const left = await stateIn(copy);
    for (;;) {
      const position = await store.position();
      const isLost = left !== undefined && isAfter(left.at, position);
      if (isLost && !(await store.replace(left.state, left.at))) continue;
      const epoch = epochAfter(isLost ? left.at.epoch : position?.epoch);
      if (!(await store.claim(epoch))) continue;
      const taken = await restore(await store.load(), { epoch }, isLost ? 'copy' : 'redis');
      journal.clear();
      return taken;
    }
  };

  const fromDisk = async (): Promise<TakenUp | undefined> => {
    const [inJournal, inCopy] = [await stateIn(journal), await stateIn(copy)];
    const isCopyNewer = inCopy !== undefined && (inJournal === undefined || isAfter(inCopy.at, inJournal.at));
    const left = isCopyNewer ? inCopy : inJournal;
    if (left === undefined) return undefined;
    const from = isCopyNewer ? 'copy' : 'journal';
    return restore(left.state, { epoch: epochAfter(left.at.epoch), inherits: from }, from);
  };

  const begunAt = Date.now();
  for (;;) {
    try {
      return await fromStore();
    } catch (error) {
      if (!(error instanceof RedisUnavailable)) throw error;
    }
    const taken = Date.now() - begunAt < graceMs ? undefined : await fromDisk();
    if (taken !== undefined) return taken;
    await pause(retryMs, undefined, { signal });
  }
};

/** Epochs are moments, but never go back, whatever the clock does. */
const epochAfter = (epoch = 0): number => Math.max(Date.now(), epoch + 1);
