/** Sound as heard: one channel of linear samples, and when its first sample was heard. */
export interface Recording {
  /** Linear samples, full scale = ±1. */
  readonly samples: Float32Array;
  /** Samples per second. */
  readonly rate: number;
  /** The moment of the first sample, ms since the epoch; undefined when the source does not tell. */
  readonly startedAt?: number;
}

/** A part of a recording, in ms from its first sample. Both ends default to the recording's own. */
export interface Span {
  readonly fromMs?: number;
  readonly toMs?: number;
}

/** How long the recording lasts, in ms. */
export const durationMs = (recording: Recording): number => (recording.samples.length * 1000) / recording.rate;

/**
 * The part of a recording that was heard between two moments (ms since the epoch), as a span.
 * @throws RangeError when the recording does not know when it started.
 */
export const between = (recording: Recording, from: number, to: number): Span => {
  if (recording.startedAt === undefined) throw new RangeError('this recording does not know when it started');
  return { fromMs: Math.max(0, from - recording.startedAt), toMs: to - recording.startedAt };
};

/** 20 ms: what one RTP packet of most telephone codecs carries, so a lost or wrong packet is one lost or wrong frame. */
export const frameMs = 20;

/** Whole frames of 20 ms inside the span, in order. An incomplete last frame is left out. */
export const frames = (recording: Recording, span: Span = {}): readonly Float32Array[] => {
  const size = Math.round((recording.rate * frameMs) / 1000);
  const first = toIndex(recording, span.fromMs ?? 0);
  const last = toIndex(recording, span.toMs ?? Number.POSITIVE_INFINITY);
  const count = Math.max(0, Math.floor((last - first) / size));
  return Array.from({ length: count }, (_, i) => recording.samples.subarray(first + i * size, first + (i + 1) * size));
};

const toIndex = (recording: Recording, ms: number): number =>
  Math.min(recording.samples.length, Math.max(0, Math.round((ms * recording.rate) / 1000)));

/**
 * One recording of several made one after the other at one rate, with silence for the time between them. When two overlap
 * the later one counts: a player that is replaced may still write for a moment.
 * @returns an empty recording for no parts.
 */
export const join = (parts: readonly Recording[]): Recording => {
  const [first] = parts;
  if (first === undefined) return { samples: new Float32Array(0), rate: 8000 };
  const { rate, startedAt = 0 } = first;
  let end = 0;
  const placed = parts.map((part) => {
    const offset =
      part.startedAt === undefined ? end : Math.max(0, Math.round(((part.startedAt - startedAt) * rate) / 1000));
    end = Math.max(end, offset + part.samples.length);
    return { offset, samples: part.samples };
  });
  const samples = new Float32Array(end);
  for (const part of placed) samples.set(part.samples, part.offset);
  return { ...first, samples };
};
