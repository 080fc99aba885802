import type { CallFact, Instant } from '@cordboard/core';
import { type CallSegment, segmentsOf } from './segments.ts';

/** What is known for good of a call that has ended. Made from its facts and from nothing else. */
export interface CallRecord {
  readonly id: string;
  readonly from: string;
  /** `in`, `out`, `internal`. */
  readonly direction: string;
  readonly source: string;
  readonly ani: string;
  readonly aniName: string;
  readonly dnis: string;
  readonly language: string;
  readonly customerId: string | null;
  /** The queue that the caller came to the answer by; where nobody answered, the one entered last. */
  readonly queue: string | null;
  /** Who talked with the caller, and last where it was more than one. */
  readonly agent: string | null;
  /** The phone that answered; where none did and the caller dialled one, that one. */
  readonly extension: string | null;
  readonly arrivedAt: Instant;
  /** Since when the wait for that queue counts: it may have begun in another. */
  readonly queuedAt: Instant | null;
  readonly answeredAt: Instant | null;
  readonly endedAt: Instant;
  readonly disposition: string;
  readonly endedBy: string;
  /** From entering the queue until answered or out of it, ringing included; from arrival where no queue was crossed. */
  readonly waitedMs: number;
  readonly talkedMs: number;
  /** How often somebody took the call from somebody else. */
  readonly transfers: number;
  readonly policyVersion: number;
  readonly attributes: Readonly<Record<string, string>>;
  /** Asterisk's dialplan had the call by itself, as call control was away. */
  readonly alone: boolean;
  /** What the agent said that it was about; null until then, and where nobody was asked. */
  readonly wrapUpCode: string | null;
}

/** With where the call was, stretch by stretch. */
export type WholeCallRecord = CallRecord & { readonly segments: readonly CallSegment[] };

/** Facts that do not tell how the call ended, so that no record can be made of them. */
export class CallNotEnded extends Error {
  override readonly name = 'CallNotEnded';
}

/** Something is to be added to a record that is not there. */
export class CallNotRecorded extends Error {
  override readonly name = 'CallNotRecorded';
}

/**
 * The same facts give the same record, whoever makes it and how often.
 *
 * @param facts of one call, in any order; told twice counts once.
 * @throws CallNotEnded
 */
export const recordOf = (facts: readonly CallFact[]): WholeCallRecord => {
  const ordered = inOrder(facts);
  const ended = ordered.findLast((fact) => fact.type === 'CallEnded');
  if (ended === undefined) throw new CallNotEnded('These facts do not tell how the call ended.');
  const { view, disposition, endedBy, talkedMs } = ended;
  const answered = ordered.findLast((fact) => fact.type === 'CallAnswered');
  const queued = ordered.slice(0, ordered.indexOf(answered ?? ended)).findLast((fact) => fact.type === 'CallQueued');
  const left = ordered.findLast((fact) => fact.type === 'QueueLeft');
  const rung = ordered.findLast((fact) => fact.type === 'ExtensionRung');
  return {
    id: view.id,
    from: view.from,
    direction: view.direction,
    source: view.source,
    ani: view.ani,
    aniName: view.aniName,
    dnis: view.dnis,
    language: view.language,
    customerId: view.customer?.id ?? null,
    queue: queued?.queue ?? null,
    agent: answered?.agent ?? placedBy(ordered),
    extension: answered?.extension ?? (rung === undefined ? null : aloneOf(rung)),
    arrivedAt: view.arrivedAt,
    queuedAt: queued?.queuedAt ?? queued?.at ?? null,
    answeredAt: answered?.at ?? null,
    endedAt: ended.at,
    disposition,
    endedBy,
    waitedMs: answered?.waitedMs ?? left?.waitedMs ?? ended.at - view.arrivedAt,
    talkedMs,
    transfers: ordered.filter(({ type }) => type === 'TransferCompleted').length,
    policyVersion: view.policyVersion,
    attributes: view.attributes,
    alone: ordered.some(({ type }) => type === 'CallTakenAlone'),
    wrapUpCode: null,
    segments: segmentsOf(ordered),
  };
};

/** Whose phone placed the call, when it went out. */
const placedBy = (facts: readonly CallFact[]): string | null => {
  const arrived = facts.find((fact) => fact.type === 'CallArrived');
  return arrived?.agent ?? null;
};

/** The phone that was dialled; of a group of phones it cannot be said. */
const aloneOf = ({ extension, together = 1 }: CallFact & { readonly type: 'ExtensionRung' }): string | null =>
  together === 1 ? extension : null;

/** A write to Redis that was cut off is repeated, and its facts with it. */
const inOrder = (facts: readonly CallFact[]): readonly CallFact[] => [
  ...new Map(facts.toSorted((a, b) => a.n - b.n).map((fact) => [`${fact.n} ${fact.type}`, fact])).values(),
];
