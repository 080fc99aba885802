import { goertzel } from './goertzel.ts';
import { frameMs, frames, type Recording, type Span } from './recording.ts';

/** When a frame of 20 ms is said to carry a tone. */
export interface ToneSense {
  /** The least amplitude of the tone, full scale = 1. */
  readonly minAmplitude: number;
  /** The least share (0 to 1) of the frame's energy that is the tone's: what tells a tone from music and voice. */
  readonly minDominance: number;
}

/**
 * Two equal tones heard together (a conference) have half of the energy each; a note of music or a vowel that
 * happens to lie on the frequency has less, or does not last.
 */
export const toneSense: ToneSense = { minAmplitude: 0.01, minDominance: 0.4 };

/**
 * The share (0 to 1) of 20 ms frames in the span in which the tone is present.
 * @returns 0 for a span without a whole frame.
 */
export const tonePresence = (
  recording: Recording,
  frequency: number,
  span: Span = {},
  sense: ToneSense = toneSense,
): number => {
  const presence = tonePerFrame(recording, frequency, span, sense);
  return presence.length === 0 ? 0 : presence.filter(Boolean).length / presence.length;
};

/**
 * The longest interruption of the tone in ms, within the span; by default between the tone's first and last frame,
 * so that what came before and after it is no interruption.
 * @returns the whole span when the tone is never present.
 */
export const gaps = (recording: Recording, frequency: number, span?: Span, sense: ToneSense = toneSense): number => {
  const all = tonePerFrame(recording, frequency, span ?? {}, sense);
  const inside = span || !all.includes(true) ? all : all.slice(all.indexOf(true), all.lastIndexOf(true) + 1);
  let longest = 0;
  let current = 0;
  for (const present of inside) {
    current = present ? 0 : current + 1;
    longest = Math.max(longest, current);
  }
  return longest * frameMs;
};

/**
 * When the tone is first heard for at least 60 ms on end, in ms from the start of the recording.
 * @returns undefined when it never is.
 */
export const toneBegins = (
  recording: Recording,
  frequency: number,
  span: Span = {},
  sense: ToneSense = toneSense,
): number | undefined => {
  const all = tonePerFrame(recording, frequency, span, sense);
  const first = all.findIndex((present, i) => present && all[i + 1] === true && all[i + 2] === true);
  return first === -1 ? undefined : (span.fromMs ?? 0) + first * frameMs;
};

const tonePerFrame = (recording: Recording, frequency: number, span: Span, sense: ToneSense): readonly boolean[] =>
  frames(recording, span).map((frame) => carriesTone(frame, recording.rate, frequency, sense));

const carriesTone = (frame: Float32Array, rate: number, frequency: number, sense: ToneSense): boolean => {
  const amplitude = goertzel(frame, rate, frequency);
  const toneEnergy = amplitude ** 2 / 2;
  return amplitude >= sense.minAmplitude && toneEnergy >= sense.minDominance * meanSquare(frame);
};

const meanSquare = (samples: Float32Array): number => {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return sum / samples.length;
};
