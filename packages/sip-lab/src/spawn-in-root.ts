import type { ChildProcess, StdioOptions } from 'node:child_process';

/**
 * Starts a program of the private Debian root. The host's `folder` appears there as `/srv/cordboard`; the network is the
 * host's. The laboratory is given this function, so that it need not know where the root is or how it is entered.
 */
export type SpawnInRoot = (
  command: string,
  args: readonly string[],
  options: { folder: string; env?: Record<string, string>; stdio?: StdioOptions },
) => ChildProcess;

/** Where a program in the root sees the folder it was given. */
export const insideFolder = '/srv/cordboard';
