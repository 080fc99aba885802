import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeNetstring, NotNetstring, netstringReader } from './netstring.ts';

test('texts come out as they went in, however the bytes are cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 5 }),
      fc.integer({ min: 1, max: 7 }),
      (texts, size) => {
        const bytes = Buffer.from(texts.map(encodeNetstring).join(''));
        const read = netstringReader();
        const seen: string[] = [];
        for (let at = 0; at < bytes.length; at += size) seen.push(...read(bytes.subarray(at, at + size)));
        expect(seen).toEqual(texts.map((text) => Buffer.from(text).toString()));
      },
    ),
  );
});

test('a peer that speaks otherwise is refused', () => {
  for (const noise of ['HTTP/1.1 200 OK', 'x:y,', '2:abc,'])
    expect(() => netstringReader()(Buffer.from(noise))).toThrow(NotNetstring);
});
