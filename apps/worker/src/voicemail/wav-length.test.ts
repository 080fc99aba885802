import { expect, test } from 'vitest';
import { wavLengthMs } from './wav-length.ts';

/** 8 kHz, 16 bits, one channel: 16,000 bytes a second. */
const wav = (samples: number, { said = samples * 2, extra = Buffer.alloc(0) } = {}): Uint8Array => {
  const format = Buffer.alloc(24);
  format.write('fmt ', 0, 'latin1');
  format.writeUInt32LE(16, 4);
  format.writeUInt32LE(16_000, 16);
  const data = Buffer.alloc(8 + samples * 2);
  data.write('data', 0, 'latin1');
  data.writeUInt32LE(said, 4);
  return Buffer.concat([Buffer.from('RIFF....WAVE', 'latin1'), format, extra, data]);
};

test('a file is as long as its samples last, whatever else it holds', () => {
  expect(wavLengthMs(wav(40_000))).toBe(5000);
  const list = Buffer.from('LIST\u0003\u0000\u0000\u0000abc\u0000', 'latin1');
  expect(wavLengthMs(wav(8000, { extra: list }))).toBe(1000);
});

test('a file that was cut off is as long as what is left of it', () => {
  expect(wavLengthMs(wav(8000, { said: 1_000_000 }))).toBe(1000);
});

test.each([new Uint8Array(), Buffer.from('no sound at all'), Buffer.from('RIFF....WAVEfmt ')])(
  'other bytes have no length: %s',
  (bytes) => {
    expect(wavLengthMs(bytes)).toBeUndefined();
  },
);
