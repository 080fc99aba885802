/**
 * A pure tone as the bytes of a G.711 stream that can be played over and over without a click: as many samples as
 * hold whole periods, in whole packets of 20 ms.
 * @param frequency in whole Hz
 * @param codec µ-law or A-law, at 8 kHz
 * @param amplitude full scale = 1
 */
export const encodeTone = (frequency: number, codec: 'pcmu' | 'pcma', amplitude = 0.5): Uint8Array => {
  const encode = codec === 'pcmu' ? toMuLaw : toALaw;
  // One second holds whole periods of any whole frequency, and 50 packets.
  return Uint8Array.from({ length: rate }, (_, i) =>
    encode(Math.round(amplitude * 32767 * Math.sin((2 * Math.PI * frequency * i) / rate))),
  );
};

const rate = 8000;

/** ITU-T G.711 µ-law of a 16-bit sample. */
export const toMuLaw = (sample: number): number => {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(32_635, Math.abs(sample)) + 132;
  const exponent = Math.max(0, Math.floor(Math.log2(magnitude)) - 7);
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
};

/** ITU-T G.711 A-law of a 16-bit sample. */
export const toALaw = (sample: number): number => {
  const sign = sample >= 0 ? 0x80 : 0;
  const magnitude = Math.min(32_767, sample >= 0 ? sample : -sample - 1) >> 3;
  const exponent = Math.max(0, Math.floor(Math.log2(Math.max(1, magnitude))) - 4);
  const mantissa = (exponent === 0 ? magnitude >> 1 : magnitude >> exponent) & 0x0f;
  return (sign | (exponent << 4) | mantissa) ^ 0x55;
};
