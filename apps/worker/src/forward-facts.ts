import { setTimeout as pause } from 'node:timers/promises';
import { keepVoicemail, noteWrapUpCode, recordCall, saveDesk } from '@cordboard/contracts';
import { type followFacts, RedisUnavailable, type readOffset, type saveOffset } from '@cordboard/redis';
import type { Jobs } from '@cordboard/redis/jobs';
import { type EndedCall, Gatherer } from './gather.ts';
import { leftIn } from './voicemail/left-in.ts';
import type { WriteRecords } from './write-records.ts';

/** The reader's name, under which its offset is kept. */
const reader = 'record-calls';
const retryMs = 250;
/** What happens within so long is read at once: several calls that end are one statement. */
const readEveryMs = 250;

export interface ForwardFactsParts {
  readonly follow: OmitFirst<typeof followFacts>;
  readonly offset: { read: OmitFirst<typeof readOffset>; save: OmitFirst<typeof saveOffset> };
  readonly writeRecords: WriteRecords;
  readonly jobs: Pick<Jobs, 'enqueue'>;
  readonly signal: AbortSignal;
  readonly onMalformed: (entry: { readonly offset: string; readonly error: Error }) => void;
}

type OmitFirst<F> = F extends (first: never, ...rest: infer Rest) => infer Result ? (...rest: Rest) => Result : never;

/**
 * Follows the facts, and writes the record of each call that has ended; as a job where PostgreSQL does not take it at once.
 * Jobs become of each message it has left, of how a phone was set by dialling, and of what an agent says of a call. How far
 * it has come is kept, so that the next process goes on there: what is read twice is harmless, and nothing is left out.
 */
export const forwardFacts = async (parts: ForwardFactsParts): Promise<void> => {
  try {
    await forward(parts);
  } catch (error) {
    if (!parts.signal.aborted) throw error;
  }
};

const forward = async ({
  follow,
  offset,
  writeRecords,
  jobs,
  signal,
  onMalformed,
}: ForwardFactsParts): Promise<void> => {
  const kept = await insist(() => offset.read(reader), signal);
  const from = kept ?? '0-0';
  let gatherer = new Gatherer(from);
  let saved = from;
  let isKept = kept !== undefined;
  /** A Redis that does not know how far we have come has lost its jobs too: what is told again is handed over again. */
  const lookForLoss = async (): Promise<void> => {
    if (!isKept || (await insist(() => offset.read(reader), signal)) !== undefined) return;
    isKept = false;
    gatherer = new Gatherer(saved);
  };
  const enqueue: Jobs['enqueue'] = (job, payload) => insist(() => jobs.enqueue(job, payload), signal);
  await follow({
    from,
    everyMs: readEveryMs,
    signal,
    onMalformed,
    onFacts: async (entries) => {
      await lookForLoss();
      const ended = entries.flatMap((entry) => gatherer.take(entry));
      for (const call of await writeRecords(ended)) await enqueue(recordCall, toJob(call));
      for (const message of ended.flatMap(leftIn)) await enqueue(keepVoicemail, message);
      for (const { fact } of entries) {
        if (fact.type === 'DeskChanged' && fact.by === 'phone')
          await enqueue(saveDesk, { extension: fact.extension, at: fact.at, desk: fact.desk });
        if (fact.type === 'WrapUpCodeGiven')
          await enqueue(noteWrapUpCode, { call: fact.ofCall, code: fact.code, at: fact.at });
      }
      if (gatherer.safeOffset === saved) return;
      saved = gatherer.safeOffset;
      await insist(() => offset.save(reader, saved), signal);
      isKept = true;
    },
  });
};

const toJob = (facts: EndedCall) => ({ call: facts[0]?.call ?? '', facts: [...facts] });

/** Asks until Redis answers: a record that waits is better than one that is missing. */
const insist = async <T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> => {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof RedisUnavailable)) throw error;
      await pause(retryMs, undefined, { signal });
    }
  }
};
