import { setTimeout as pause } from 'node:timers/promises';
import { keepVoicemail, noteWrapUpCode, recordCall, saveDesk } from '@cordboard/contracts';
import { type followFacts, RedisUnavailable, type readOffset, type saveOffset } from '@cordboard/redis';
import type { Jobs } from '@cordboard/redis/jobs';
import { type EndedCall, Gatherer } from './gather.ts';
import { leftIn } from './voicemail/left-in.ts';

/** The reader's name, under which its offset is kept. */
const reader = 'record-calls';
const retryMs = 250;

export interface ForwardFactsParts {
  readonly follow: OmitFirst<typeof followFacts>;
  readonly offset: { read: OmitFirst<typeof readOffset>; save: OmitFirst<typeof saveOffset> };
  readonly jobs: Pick<Jobs, 'enqueue'>;
  readonly signal: AbortSignal;
  readonly onMalformed: (entry: { readonly offset: string; readonly error: Error }) => void;
}

type OmitFirst<F> = F extends (first: never, ...rest: infer Rest) => infer Result ? (...rest: Rest) => Result : never;

/**
 * Follows the facts, and hands over the record of each call that has ended as a job, each message it has left, and how a phone was set by dialling. How far it has come is kept, so that
 * the next process goes on there: what is read twice is harmless, and nothing is left out.
 */
export const forwardFacts = async (parts: ForwardFactsParts): Promise<void> => {
  try {
    await forward(parts);
  } catch (error) {
    if (!parts.signal.aborted) throw error;
  }
};

const forward = async ({ follow, offset, jobs, signal, onMalformed }: ForwardFactsParts): Promise<void> => {
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
  await follow({
    from,
    signal,
    onMalformed,
    onFacts: async (entries) => {
      await lookForLoss();
      for (const entry of entries) {
        const { fact } = entry;
        if (fact.type === 'DeskChanged' && fact.by === 'phone')
          await insist(
            () => jobs.enqueue(saveDesk, { extension: fact.extension, at: fact.at, desk: fact.desk }),
            signal,
          );
        for (const ended of gatherer.take(entry)) {
          await insist(() => jobs.enqueue(recordCall, toJob(ended)), signal);
          for (const message of leftIn(ended)) await insist(() => jobs.enqueue(keepVoicemail, message), signal);
        }
        if (fact.type !== 'WrapUpCodeGiven') continue;
        const { ofCall: call, code, at } = fact;
        await insist(() => jobs.enqueue(noteWrapUpCode, { call, code, at }), signal);
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
