import { between, gaps, levelDb, NotWav, type PhoneCall, type Recording, tonePresence } from '@cordboard/sip-lab';
import { limits } from './finding.ts';
import type { Run } from './run.ts';

/** One who listens, and the tone, in Hz, of whom they should hear. */
export interface Listener {
  readonly name: string;
  readonly call: Pick<PhoneCall, 'heard'>;
  readonly tone: number;
}

/** Two who have just begun are not yet heard: their media start, and the phone writes 40 ms late. */
const beginsMs = 400;
const endsMs = 150;

/**
 * What these hear of each other from one moment to another has no gap. Measured in frames of 20 ms, at the phone. Where the
 * phone that hears itself by way of Asterisk alone had half such a gap at the same time, or a thread that does nothing was
 * woken so late, the machine was late, and nothing can be said.
 */
export const lookForGaps = async (
  run: Run,
  listeners: readonly Listener[],
  from: number,
  to: number,
): Promise<void> => {
  const { findings, world } = run;
  const [begin, end] = [from + beginsMs, to - endsMs];
  if (end - begin < 4 * limits.audioMs) return;
  const control = await world.control.gap(begin, end);
  for (const { name, call, tone } of listeners) {
    const heard = await call.heard();
    const gap = heard.startedAt === undefined ? end - begin : gaps(heard, tone, between(heard, begin, end));
    const said = `${name} heard nothing for ${gap} ms (${control} ms by the machine alone)`;
    if (gap <= limits.audioMs) findings.measured('audio', gap);
    else if (control >= gap / 2) findings.mask('audio', said);
    else {
      findings.measured('audio', gap);
      findings.broken('audio', said);
    }
  }
};

/** What share of the time, 0 to 1, the tone was heard in the last moments before the call's end. */
export const heardLast = async ({ call, tone }: Listener, from: number, to: number): Promise<number> => {
  const heard = await call.heard();
  return heard.startedAt === undefined ? 0 : tonePresence(heard, tone, between(heard, from, to));
};

/** Louder than a line on which nothing is said. */
const audibleDb = -45;
const stepMs = 20;

/** When something was first heard in the call, ms since the epoch; undefined while nothing was. */
export const firstHeard = async (call: Pick<PhoneCall, 'heard'>): Promise<number | undefined> => {
  const { samples, rate, startedAt } = await call.heard().catch(whenNotYetWritten);
  const size = (rate * stepMs) / 1000;
  if (startedAt === undefined) return undefined;
  for (let first = 0; first + size <= samples.length; first += size)
    if (levelDb(samples.subarray(first, first + size)) > audibleDb) return startedAt + (first * 1000) / rate;
  return undefined;
};

/** A file that has just been made has no header yet. */
const whenNotYetWritten = (error: unknown): Recording => {
  if (error instanceof NotWav) return { samples: new Float32Array(0), rate: 8000 };
  throw error;
};
