import type { Policy } from '@cordboard/core';
import { type Policies, PolicyUnreadable } from '@cordboard/database';

/**
 * The newest policy that can be read: one that was written past us and makes no sense leaves the last good one in force.
 *
 * @param onUnreadable told once of each version that cannot be read.
 */
export const createNewestPolicy = (
  { versions, byVersion }: Pick<Policies, 'versions' | 'byVersion'>,
  onUnreadable: (version: number, error: PolicyUnreadable) => void,
): (() => Promise<Policy | undefined>) => {
  const told = new Set<number>();
  return async () => {
    for (const { version } of await versions()) {
      try {
        return await byVersion(version);
      } catch (error) {
        if (!(error instanceof PolicyUnreadable)) throw error;
        if (!told.has(version)) onUnreadable(version, error);
        told.add(version);
      }
    }
    return undefined;
  };
};
