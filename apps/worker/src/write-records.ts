import type { EndedCall } from './gather.ts';

/** PostgreSQL that takes longer is as good as away: what happens meanwhile must not wait for it. */
const patienceMs = 2000;
/** After a failure it is not asked for so long: records become jobs at once. */
const restMs = 5000;

export interface WriteRecordsParts {
  /** All or none; written twice, a record is there once. */
  readonly write: (calls: readonly EndedCall[]) => Promise<void>;
  /** A record has been written. */
  readonly onWritten: (call: string) => void;
  /** What cannot be written now becomes a job each. */
  readonly onFailure: (error: unknown) => void;
  readonly now?: () => number;
}

/** Writes the records of calls, as many together as have ended since the last time. @returns those that have to become jobs */
export type WriteRecords = (calls: readonly EndedCall[]) => Promise<readonly EndedCall[]>;

/**
 * A call whose beginning was not read always becomes a job: perhaps one waits already that has the whole call, and the one
 * that was there first holds.
 */
export const createWriteRecords = ({
  write,
  onWritten,
  onFailure,
  now = () => performance.now(),
}: WriteRecordsParts): WriteRecords => {
  let failedAt = Number.NEGATIVE_INFINITY;
  return async (calls) => {
    const whole = calls.filter(isWhole);
    if (whole.length === 0 || now() - failedAt < restMs) return calls;
    try {
      await within(patienceMs, write(whole));
    } catch (error) {
      failedAt = now();
      onFailure(error);
      return calls;
    }
    for (const [first] of whole) onWritten(first?.call ?? '');
    return calls.filter((facts) => !isWhole(facts));
  };
};

const isWhole = ([first]: EndedCall): boolean => first?.n === 1;

const within = (ms: number, request: Promise<void>): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`PostgreSQL has not written records within ${ms} ms.`)), ms);
    request.then(resolve, reject).finally(() => clearTimeout(timer));
  });
