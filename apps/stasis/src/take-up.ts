import type { Announcements, CallControl, ExchangeStore } from '@cordboard/application';
import type { Policy } from '@cordboard/core';

/** Takes up what an earlier process left: its calls, its agents, and the policies that those calls came in with. */
export const takeUp = async (
  control: CallControl,
  store: ExchangeStore,
  announcements: Announcements,
): Promise<{ readonly calls: number; readonly agents: number }> => {
  const saved = await store.load();
  const versions = new Set(saved.calls.map(({ policyVersion }) => policyVersion));
  const policies = await Promise.all([...versions].map((version) => announcements.policyOf(version)));
  control.restore(
    saved,
    policies.filter((policy): policy is Policy => policy !== undefined),
  );
  return { calls: saved.calls.length, agents: saved.agents.length };
};
