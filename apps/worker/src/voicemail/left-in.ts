import type { keepVoicemail } from '@cordboard/contracts';
import type { CallFact } from '@cordboard/core';
import type { z } from 'zod';

type ToKeep = z.output<(typeof keepVoicemail)['payload']>;

/** The messages that a call has left, as its facts tell. */
export const leftIn = (facts: readonly CallFact[]): readonly ToKeep[] => {
  const ending = facts.findLast((fact) => fact.type === 'CallEnded');
  const arrived = facts.find((fact) => fact.type === 'CallArrived');
  const who = ending?.view ?? arrived;
  return facts.flatMap((fact) =>
    fact.type === 'VoicemailLeft'
      ? [
          {
            recording: fact.recording,
            box: fact.box,
            call: fact.call,
            caller: who?.ani ?? '',
            callerName: who?.aniName ?? '',
            language: who?.language ?? 'en',
            leftAt: fact.at,
            durationMs: fact.durationMs,
          },
        ]
      : [],
  );
};
