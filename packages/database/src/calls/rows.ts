import type { CallFact } from '@cordboard/core';
import { numberKey } from '../customers/number-key.ts';
import { recordOf } from './record.ts';
import { storableJson } from './storable.ts';

/** Rows as PostgreSQL reads them from JSON: all columns of the table, by their names. */
export interface Rows {
  readonly records: string;
  readonly segments: string;
}

/** @param calls the facts of each, up to its end. @throws CallNotEnded */
export const rowsOf = (calls: readonly (readonly CallFact[])[]): Rows => {
  const whole = calls.map((facts) => {
    const { segments, ...record } = recordOf(facts);
    return { record, segments, facts };
  });
  // In one order whoever writes them: two who write the same ones do not wait for each other for ever.
  const ordered = whole.toSorted((a, b) => (a.record.id < b.record.id ? -1 : 1));
  return {
    records: storableJson(
      ordered.map(({ record, facts }) => ({
        id: record.id,
        from: record.from,
        direction: record.direction,
        source: record.source,
        ani: record.ani,
        ani_key: numberKey(record.ani),
        ani_name: record.aniName,
        dnis: record.dnis,
        language: record.language,
        customer_id: record.customerId,
        queue: record.queue,
        agent: record.agent,
        extension: record.extension,
        arrived_at: dateOf(record.arrivedAt),
        queued_at: dateOf(record.queuedAt),
        answered_at: dateOf(record.answeredAt),
        ended_at: dateOf(record.endedAt),
        disposition: record.disposition,
        ended_by: record.endedBy,
        waited_ms: record.waitedMs,
        talked_ms: record.talkedMs,
        transfers: record.transfers,
        policy_version: record.policyVersion,
        attributes: record.attributes,
        wrap_up_code: record.wrapUpCode,
        alone: record.alone,
        facts,
      })),
    ),
    segments: storableJson(
      ordered.flatMap(({ record, segments }) =>
        segments.map(({ n, place, queue, agent, startedAt, endedAt }) => ({
          call_id: record.id,
          n,
          place,
          queue,
          agent,
          started_at: dateOf(startedAt),
          ended_at: dateOf(endedAt),
        })),
      ),
    ),
  };
};

const dateOf = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
