import type { CardHistoryEntry } from '@cordboard/contracts';
import { type Database, DatabaseUnavailable } from '@cordboard/database';
import type { Log } from '../foundations.ts';

const callsShown = 10;

/** @returns the last calls of this number, newest first; undefined while PostgreSQL does not answer. */
export type ReadHistory = (number: string, except: string) => Promise<readonly CardHistoryEntry[] | undefined>;

export const createReadHistory =
  ({ calls }: Pick<Database, 'calls'>, log: Log): ReadHistory =>
  async (number, except) => {
    if (number === '') return [];
    try {
      const records = await calls.ofNumber(number, callsShown + 1);
      return records
        .filter(({ id }) => id !== except)
        .slice(0, callsShown)
        .map(({ id, arrivedAt, disposition, queue, agent, talkedMs }) => ({
          call: id,
          at: arrivedAt,
          disposition,
          queue,
          agent,
          talkedMs,
        }));
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error;
      log.warn({ callId: except, err: error }, 'a card goes without history');
      return undefined;
    }
  };
