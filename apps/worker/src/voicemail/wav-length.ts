/** In ms, by its own header: RIFF, `fmt ` and `data`. undefined: these bytes are no WAV file. */
export const wavLengthMs = (file: Uint8Array): number | undefined => {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'RIFF') return undefined;
  let bytesPerSecond = 0;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4);
    const name = bytes.toString('latin1', at, at + 4);
    if (name === 'fmt ' && at + 20 <= bytes.length) bytesPerSecond = bytes.readUInt32LE(at + 16);
    // A file that was cut off has less than its header says.
    if (name === 'data')
      return bytesPerSecond === 0
        ? undefined
        : Math.round((Math.min(size, bytes.length - at - 8) / bytesPerSecond) * 1000);
    at += 8 + size + (size % 2);
  }
  return undefined;
};
