import { durationMs, levelDb, type Recording, tonePresence } from '@cordboard/sip-lab';

const stepMs = 250;

/** A recording in figures, for the message of a test that fails: its loudness and its tones, quarter of a second by quarter. */
export const describeSound = (recording: Recording, frequencies: readonly number[] = [440, 880]): string => {
  const length = durationMs(recording);
  const steps = Array.from({ length: Math.ceil(length / stepMs) }, (_, index) => {
    const span = { fromMs: index * stepMs, toMs: (index + 1) * stepMs };
    const [from, to] = [span.fromMs, span.toMs].map((ms) => Math.round((ms * recording.rate) / 1000));
    const tones = frequencies.map((hz) => `${hz} Hz ${tonePresence(recording, hz, span).toFixed(2)}`);
    return `  ${span.fromMs} ms: ${levelDb(recording.samples.subarray(from, to)).toFixed(0)} dB, ${tones.join(', ')}`;
  });
  const begun = recording.startedAt === undefined ? '' : ` from ${new Date(recording.startedAt).toISOString()}`;
  return [`heard ${Math.round(length)} ms${begun}`, ...steps].join('\n');
};
