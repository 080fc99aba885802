import { type CallFact, type CallId, instant } from '@cordboard/core';
import type { Ask, PrismaConnection, Question } from '../client.ts';
import { numberKey } from '../customers/number-key.ts';
import type { Prisma } from '../generated/client.ts';
import { pageAfter, placeOf } from './page.ts';
import { CallNotRecorded, type CallRecord, type WholeCallRecord } from './record.ts';
import { rowsOf } from './rows.ts';

/** The records of calls that have ended; one once written is never changed, but for what an agent says of it afterwards. */
export interface Calls {
  /**
   * Writes the record of a call and its segments, all or nothing. Written twice, also at once, it is there once.
   *
   * @param facts of one call, up to its end. @throws CallNotEnded
   */
  record(facts: readonly CallFact[]): Promise<void>;
  /** The same for several calls, all or none. */
  recordAll(calls: readonly (readonly CallFact[])[]): Promise<void>;
  /** Adds what the conversation was about; said again, the last word counts. @throws CallNotRecorded */
  noteWrapUpCode(id: CallId, code: string): Promise<void>;
  byId(id: string): Promise<WholeCallRecord | undefined>;
  /** In order; undefined when there is no record of the call. */
  factsOf(id: CallId): Promise<readonly CallFact[] | undefined>;
  /** Newest first, from the newest or behind `after`. */
  list(page: CallPage): Promise<{ readonly records: readonly CallRecord[]; readonly next: string | null }>;
  /** The newest calls from this number, in any spelling. */
  ofNumber(number: string, limit: number): Promise<readonly PastCall[]>;
}

/** What whoever answers is told of a call before. */
export type PastCall = Pick<CallRecord, 'id' | 'arrivedAt' | 'disposition' | 'queue' | 'agent' | 'talkedMs'>;

export interface CallPage {
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string | undefined;
  readonly queue?: string | undefined;
  /** Who talked with the caller. */
  readonly agent?: string | undefined;
  /** The caller's, in any spelling. */
  readonly number?: string | undefined;
}

/** One statement: as two of Prisma's own in a transaction each call takes five times the processor time. */
const writeRecords: Question = {
  name: 'write-records',
  text: `
    WITH recorded AS (
      INSERT INTO call_records SELECT * FROM json_populate_recordset(NULL::call_records, $1)
      ON CONFLICT DO NOTHING
      RETURNING id
    )
    INSERT INTO call_segments
      SELECT * FROM json_populate_recordset(NULL::call_segments, $2) WHERE call_id IN (SELECT id FROM recorded)`,
};

/** Asked as each phone begins to ring: no more columns than are shown. */
const pastCalls: Question = {
  name: 'past-calls',
  text: `
    SELECT id, (extract(epoch FROM arrived_at) * 1000)::float8 AS "arrivedAt", disposition, queue, agent,
      talked_ms AS "talkedMs"
    FROM call_records WHERE ani_key = $1 ORDER BY arrived_at DESC, id DESC LIMIT $2`,
};

export const createCalls = (prisma: PrismaConnection, ask: Ask): Calls => {
  const { callRecord: table } = prisma;
  const newest = async (where: Prisma.CallRecordWhereInput, take: number): Promise<readonly CallRecord[]> => {
    const rows = await table.findMany({
      where,
      take,
      orderBy: [{ arrivedAt: 'desc' }, { id: 'desc' }],
      omit: { facts: true },
    });
    return rows.map(toRecord);
  };

  const recordAll = async (calls: readonly (readonly CallFact[])[]): Promise<void> => {
    const { records, segments } = rowsOf(calls);
    await ask(writeRecords, records, segments);
  };

  return {
    record: (facts) => recordAll([facts]),
    recordAll,

    async noteWrapUpCode(id, wrapUpCode) {
      const { count } = await table.updateMany({ where: { id }, data: { wrapUpCode } });
      if (count === 0) throw new CallNotRecorded('The record of this call is not written yet.');
    },

    async byId(id) {
      const row = await table.findUnique({
        where: { id },
        omit: { facts: true },
        include: { segments: { orderBy: { n: 'asc' }, omit: { callId: true } } },
      });
      if (row === null) return undefined;
      const { segments, ...record } = row;
      return {
        ...toRecord(record),
        segments: segments.map((segment) => ({
          ...segment,
          startedAt: instant(segment.startedAt.getTime()),
          endedAt: instant(segment.endedAt.getTime()),
        })),
      };
    },

    async factsOf(id) {
      const row = await table.findUnique({ where: { id }, select: { facts: true } });
      return row === null ? undefined : (row.facts as unknown as readonly CallFact[]);
    },

    async list({ limit, after, queue, agent, number }) {
      const key = number === undefined ? undefined : numberKey(number);
      const behind = after === undefined ? {} : pageAfter(after);
      if (key === '' || behind === undefined) return { records: [], next: null };
      const found = await newest(
        {
          ...behind,
          ...(queue === undefined ? {} : { queue }),
          ...(agent === undefined ? {} : { agent }),
          ...(key === undefined ? {} : { aniKey: key }),
        },
        limit + 1,
      );
      const records = found.slice(0, limit);
      const last = records.at(-1);
      return { records, next: found.length > limit && last !== undefined ? placeOf(last) : null };
    },

    async ofNumber(number, limit) {
      const aniKey = numberKey(number);
      return aniKey === '' ? [] : ask<PastCall>(pastCalls, aniKey, limit);
    },
  };
};

const instantOf = (at: Date | null) => (at === null ? null : instant(at.getTime()));

type Row = Omit<CallRecord, 'attributes' | 'arrivedAt' | 'queuedAt' | 'answeredAt' | 'endedAt'> & {
  readonly aniKey: string;
  readonly arrivedAt: Date;
  readonly queuedAt: Date | null;
  readonly answeredAt: Date | null;
  readonly endedAt: Date;
  readonly attributes: Prisma.JsonValue;
};

const toRecord = ({ aniKey: _, ...row }: Row): CallRecord => ({
  ...row,
  attributes: row.attributes as CallRecord['attributes'],
  arrivedAt: instant(row.arrivedAt.getTime()),
  queuedAt: instantOf(row.queuedAt),
  answeredAt: instantOf(row.answeredAt),
  endedAt: instant(row.endedAt.getTime()),
});
