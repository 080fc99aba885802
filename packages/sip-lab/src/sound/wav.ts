import { readFile, stat } from 'node:fs/promises';
import type { Recording } from './recording.ts';

/** A file that is not sound as RIFF/WAVE with linear samples. */
export class NotWav extends Error {
  override readonly name = 'NotWav';
}

/**
 * Read a WAV file, also one that is still being written.
 * @param path of the file
 * @param options.channel which channel of several, from 0
 * @returns its samples; `startedAt` is the file's last change less its duration, right within a packet or two for a
 * file written while it was heard.
 * @throws NotWav, or the file system's error.
 */
export const readWav = async (path: string, options: { readonly channel?: number } = {}): Promise<Recording> => {
  const [bytes, { mtimeMs }] = await Promise.all([readFile(path), stat(path)]);
  const sound = parseWav(bytes, options.channel ?? 0);
  return { ...sound, startedAt: mtimeMs - (sound.samples.length * 1000) / sound.rate };
};

/**
 * Parse a WAV file's bytes: 16-bit integer or 32-bit float samples. A size of 0 or past the end, which a writer leaves
 * until it closes the file, means "to the end of what is there".
 * @throws NotWav
 */
export const parseWav = (bytes: Uint8Array, channel = 0): Recording => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || tag(view, 0) !== 'RIFF' || tag(view, 8) !== 'WAVE') throw new NotWav('no RIFF/WAVE header');
  let format: WavFormat | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = tag(view, at);
    const declared = view.getUint32(at + 4, true);
    const start = at + 8;
    if (name === 'fmt ') format = readFormat(view, start);
    if (name === 'data') {
      if (format === undefined) throw new NotWav('samples before their format');
      const left = bytes.length - start;
      const size = declared === 0 || declared > left ? left : declared;
      return { samples: readSamples(view, start, size, format, channel), rate: format.rate };
    }
    at = start + declared + (declared % 2);
  }
  throw new NotWav('no samples');
};

/** Write samples as a mono 16-bit WAV file's bytes. */
export const encodeWav = ({ samples, rate }: Recording): Uint8Array => {
  const bytes = new Uint8Array(44 + samples.length * 2);
  const view = new DataView(bytes.buffer);
  const put = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at);
  put(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  put(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, pcm, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  put(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, i) => {
    view.setInt16(44 + i * 2, Math.max(-32768, Math.min(32767, Math.round(sample * 32767))), true);
  });
  return bytes;
};

interface WavFormat {
  readonly code: number;
  readonly channels: number;
  readonly rate: number;
  readonly bits: number;
}

const pcm = 1;
const float = 3;
/** WAVE_FORMAT_EXTENSIBLE: the real code is the first two bytes of the sub-format. */
const extensible = 0xfffe;

const tag = (view: DataView, at: number): string =>
  String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));

const readFormat = (view: DataView, at: number): WavFormat => {
  if (at + 16 > view.byteLength) throw new NotWav('the format is cut short');
  const code = view.getUint16(at, true);
  return {
    code: code === extensible && at + 26 <= view.byteLength ? view.getUint16(at + 24, true) : code,
    channels: view.getUint16(at + 2, true),
    rate: view.getUint32(at + 4, true),
    bits: view.getUint16(at + 14, true),
  };
};

const readSamples = (view: DataView, start: number, size: number, format: WavFormat, channel: number): Float32Array => {
  const { code, channels, bits } = format;
  if (channel >= channels) throw new NotWav(`channel ${channel} of ${channels}`);
  const read =
    code === pcm && bits === 16
      ? (at: number) => view.getInt16(at, true) / 32768
      : code === float && bits === 32
        ? (at: number) => view.getFloat32(at, true)
        : undefined;
  if (read === undefined) throw new NotWav(`format ${code} with ${bits} bits is not linear sound we read`);
  const width = bits / 8;
  const count = Math.floor(size / (width * channels));
  return Float32Array.from({ length: count }, (_, i) => read(start + (i * channels + channel) * width));
};
