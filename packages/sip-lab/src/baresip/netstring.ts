/** Frames a text as baresip's ctrl_tcp wants it: `5:hello,` (https://cr.yp.to/proto/netstrings.txt). */
export const encodeNetstring = (text: string): string => `${Buffer.byteLength(text)}:${text},`;

/** A peer that does not speak netstrings. */
export class NotNetstring extends Error {
  override readonly name = 'NotNetstring';
}

/** Cuts a stream of bytes into the texts framed in it, whatever the pieces in which it arrives. */
export const netstringReader = (): ((chunk: Uint8Array) => readonly string[]) => {
  let pending = Buffer.alloc(0);
  return (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    const texts: string[] = [];
    for (;;) {
      const colon = pending.indexOf(':');
      if (colon === -1) {
        if (pending.length > 9) throw new NotNetstring('a length that does not end');
        return texts;
      }
      const length = Number(pending.toString('latin1', 0, colon));
      if (!Number.isInteger(length) || length < 0) throw new NotNetstring('a length that is no number');
      const end = colon + 1 + length;
      if (pending.length <= end) return texts;
      if (pending[end] !== 0x2c) throw new NotNetstring('a text without its closing comma');
      texts.push(pending.toString('utf8', colon + 1, end));
      pending = pending.subarray(end + 1);
    }
  };
};
