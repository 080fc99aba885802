import { join } from 'node:path';
import { LockHeld, lockNow } from '@cordboard/embedded';

/** The process that runs with this home; undefined when there is none. */
export const runningWith = async (home: string): Promise<number | 'unknown' | undefined> => {
  try {
    await (await lockNow(join(home, 'data', '.lock'))).release();
    return undefined;
  } catch (error) {
    if (!(error instanceof LockHeld)) throw error;
    return error.pid ?? 'unknown';
  }
};
