import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeWav, NotWav, parseWav, readWav } from './wav.ts';

const sound = { samples: Float32Array.from([0, 0.25, -0.5, 1, -1]), rate: 8000 };

test('what was written is read again', () => {
  fc.assert(
    fc.property(fc.array(fc.float({ min: -1, max: 1, noNaN: true })), (samples) => {
      const { samples: read, rate } = parseWav(encodeWav({ samples: Float32Array.from(samples), rate: 16000 }));
      expect(rate).toBe(16000);
      expect(read.length).toBe(samples.length);
      read.forEach((sample, i) => {
        expect(sample).toBeCloseTo(samples[i] ?? Number.NaN, 3);
      });
    }),
  );
});

test('a file whose writer has not yet filled in the sizes is read to its end', () => {
  const bytes = encodeWav(sound);
  new DataView(bytes.buffer).setUint32(40, 0, true);
  expect(parseWav(bytes).samples).toHaveLength(5);
  new DataView(bytes.buffer).setUint32(40, 1_000_000, true);
  expect(parseWav(bytes).samples).toHaveLength(5);
});

test('one channel of two is read alone', () => {
  const bytes = encodeWav({ ...sound, samples: Float32Array.from([0.5, -0.5, 0.25, -0.25]) });
  new DataView(bytes.buffer).setUint16(22, 2, true);
  expect([...parseWav(bytes, 1).samples].map((s) => Math.round(s * 100) / 100)).toEqual([-0.5, -0.25]);
  expect(() => parseWav(bytes, 2)).toThrow(NotWav);
});

test('what is no sound is refused, not misread', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(() => parseWav(bytes)).toThrow(NotWav);
    }),
  );
  expect(() => parseWav(encodeWav(sound).subarray(0, 30))).toThrow(NotWav);
  const compressed = encodeWav(sound);
  new DataView(compressed.buffer).setUint16(20, 7, true);
  expect(() => parseWav(compressed)).toThrow(NotWav);
});

test('a file knows when it began', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wav-'));
  try {
    await writeFile(join(folder, 'a.wav'), encodeWav({ samples: new Float32Array(8000), rate: 8000 }));
    const read = await readWav(join(folder, 'a.wav'));
    expect(Math.abs((read.startedAt ?? 0) + 1000 - Date.now())).toBeLessThan(1000);
  } finally {
    await rm(folder, { recursive: true });
  }
});
