import { frames, type Recording, type Span } from './recording.ts';

/** The level below which a frame is taken for silence. The noise of an idle G.711 line stays under −65 dBFS. */
export const silenceDb = -50;

/** The loudness of a run of samples in dB relative to a full-scale square wave (dBFS); −Infinity for digital silence. */
export const levelDb = (samples: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += (samples[i] ?? 0) ** 2;
  return samples.length === 0 ? Number.NEGATIVE_INFINITY : 10 * Math.log10(sum / samples.length);
};

/**
 * The share (0 to 1) of 20 ms frames in which nothing is to be heard.
 * @returns 1 for a span without a whole frame: where there is no sound there is silence.
 */
export const silence = (recording: Recording, span: Span = {}, belowDb: number = silenceDb): number => {
  const all = frames(recording, span);
  return all.length === 0 ? 1 : all.filter((frame) => levelDb(frame) < belowDb).length / all.length;
};
