import fc from 'fast-check';
import { expect, test } from 'vitest';
import { goertzel } from './goertzel.ts';
import { levelDb, silence } from './level.ts';
import { between, durationMs, join, type Recording } from './recording.ts';
import { gaps, toneBegins, tonePresence } from './tone.ts';

const rate = 8000;

const record = (seconds: number, at: (t: number) => number): Recording => ({
  samples: Float32Array.from({ length: Math.round(seconds * rate) }, (_, i) => at(i / rate)),
  rate,
  startedAt: 1_000,
});
const sine =
  (frequency: number, amplitude = 0.5) =>
  (t: number) =>
    amplitude * Math.sin(2 * Math.PI * frequency * t);
const nothing = () => 0;
/** A vowel: a buzz of many harmonics, none of which holds most of the energy. */
const vowel = (pitch: number) => (t: number) =>
  [1, 2, 3, 4, 5, 6].reduce((sum, n) => sum + sine(pitch * n, 0.5 / n)(t), 0);

/** What G.711 µ-law leaves of a sample (ITU-T G.711). */
const muLaw = (sample: number): number => {
  const magnitude = Math.log1p(255 * Math.abs(sample)) / Math.log1p(255);
  const kept = Math.round(magnitude * 127) / 127;
  return (Math.sign(sample) * Math.expm1(kept * Math.log1p(255))) / 255;
};

test('the amplitude of a sine is found at its own frequency, and nothing at its octave', () => {
  const { samples } = record(0.02, sine(440));
  expect(goertzel(samples, rate, 440)).toBeCloseTo(0.5, 1);
  expect(goertzel(samples, rate, 880)).toBeLessThan(0.03);
});

test('whatever its phase, level and codec, a tone is present throughout and its octave is not', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
      fc.double({ min: 0.03, max: 0.9, noNaN: true }),
      fc.constantFrom([440, 880], [880, 440], [440, 620], [350, 700]),
      (phase, amplitude, [own, other]) => {
        const heard = record(0.2, (t) => muLaw(amplitude * Math.sin(2 * Math.PI * (own ?? 0) * t + phase)));
        expect(tonePresence(heard, own ?? 0)).toBe(1);
        expect(tonePresence(heard, other ?? 0)).toBe(0);
        expect(gaps(heard, own ?? 0)).toBe(0);
      },
    ),
  );
});

test('a voice, a whisper of a tone and silence are none', () => {
  expect(tonePresence(record(1, vowel(120)), 440)).toBe(0);
  expect(tonePresence(record(1, vowel(220)), 440)).toBe(0);
  expect(tonePresence(record(1, sine(440, 0.002)), 440)).toBe(0);
  expect(tonePresence(record(1, nothing), 440)).toBe(0);
});

test('two parties who speak at once are both heard', () => {
  const both = record(1, (t) => sine(440)(t) + sine(880)(t));
  expect(tonePresence(both, 440)).toBe(1);
  expect(tonePresence(both, 880)).toBe(1);
});

test('an interruption is as long as it lasts, and what comes before the tone is none', () => {
  const heard = record(3, (t) => (t < 1 || (t >= 2 && t < 2.1) ? 0 : sine(880)(t)));
  expect(gaps(heard, 880)).toBe(100);
  expect(gaps(heard, 880, { fromMs: 0, toMs: 3000 })).toBe(1000);
  expect(gaps(heard, 440, { toMs: 3000 })).toBe(3000);
  expect(tonePresence(heard, 880, { fromMs: 1000, toMs: 2000 })).toBe(1);
});

test('a tone begins where it is first heard, not at a click', () => {
  const heard = record(1, (t) => (t >= 0.5 || (t >= 0.1 && t < 0.12) ? sine(440)(t) : 0));
  expect(toneBegins(heard, 440)).toBe(500);
  expect(toneBegins(heard, 440, { fromMs: 600 })).toBe(600);
  expect(toneBegins(heard, 880)).toBeUndefined();
});

test('silence is what nobody can hear, and an empty span is silent', () => {
  expect(silence(record(1, nothing))).toBe(1);
  expect(silence(record(1, sine(440, 0.001)))).toBe(1);
  expect(silence(record(1, sine(440)))).toBe(0);
  expect(silence(record(1, (t) => (t < 0.5 ? 0 : sine(440)(t))))).toBe(0.5);
  expect(silence(record(1, sine(440)), { fromMs: 1000 })).toBe(1);
  expect(levelDb(record(1, sine(440)).samples)).toBeCloseTo(-9.03, 1);
});

test('a span may be named by the moments between which it was heard', () => {
  const heard = record(1, (t) => (t < 0.5 ? 0 : sine(440)(t)));
  expect(durationMs(heard)).toBe(1000);
  expect(tonePresence(heard, 440, between(heard, 1_500, 2_000))).toBe(1);
  expect(() => between({ samples: heard.samples, rate }, 0, 1)).toThrow(RangeError);
});

test('recordings made one after the other are joined with the silence between them', () => {
  const part = (startedAt: number, frequency: number): Recording => ({ ...record(0.5, sine(frequency)), startedAt });
  const joined = join([part(10_000, 440), part(11_000, 880)]);
  expect(joined).toMatchObject({ rate, startedAt: 10_000 });
  expect(durationMs(joined)).toBe(1500);
  expect(tonePresence(joined, 440, { toMs: 500 })).toBe(1);
  expect(silence(joined, { fromMs: 500, toMs: 1000 })).toBe(1);
  expect(tonePresence(joined, 880, { fromMs: 1000 })).toBe(1);
  // The later of two that overlap counts.
  const overlapping = join([part(10_000, 440), part(10_400, 880)]);
  expect(durationMs(overlapping)).toBe(900);
  expect(tonePresence(overlapping, 880, { fromMs: 400 })).toBe(1);
  expect(durationMs(join([]))).toBe(0);
});
