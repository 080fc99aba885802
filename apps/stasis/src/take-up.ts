import { setTimeout as pause } from 'node:timers/promises';
import type { Announcements, CallControl, ExchangeStore } from '@cordboard/application';
import type { Policy } from '@cordboard/core';
import { RedisUnavailable } from '@cordboard/redis';

const retryMs = 250;

/**
 * Takes up what an earlier process left: its calls, its agents, and the policies that those calls came in with. Nothing
 * can be done before: this waits for Redis, however long it takes.
 */
export const takeUp = async (
  control: CallControl,
  store: ExchangeStore,
  announcements: Announcements,
  signal: AbortSignal,
): Promise<{ readonly calls: number; readonly agents: number }> => {
  for (;;) {
    try {
      const saved = await store.load();
      const versions = new Set([...saved.calls, ...(saved.tickets ?? [])].map(({ policyVersion }) => policyVersion));
      const policies = await Promise.all([...versions].map((version) => announcements.policyOf(version)));
      control.restore(
        saved,
        policies.filter((policy): policy is Policy => policy !== undefined),
      );
      return { calls: saved.calls.length, agents: saved.agents.length };
    } catch (error) {
      if (!(error instanceof RedisUnavailable)) throw error;
      await pause(retryMs, undefined, { signal });
    }
  }
};
