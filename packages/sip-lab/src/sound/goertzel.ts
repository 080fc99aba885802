/**
 * The amplitude of one frequency in a run of samples: 1 for a full-scale sine of exactly that frequency.
 * Goertzel's algorithm (Amer. Math. Monthly 65, 1958), in the generalized form that needs no whole number of
 * periods, so any frequency can be asked of any number of samples.
 * @param samples linear, full scale ±1
 * @param rate samples per second
 * @param frequency in Hz, below half the rate
 */
export const goertzel = (samples: ArrayLike<number>, rate: number, frequency: number): number => {
  if (samples.length === 0) return 0;
  const turn = (2 * Math.PI * frequency) / rate;
  const coefficient = 2 * Math.cos(turn);
  let previous = 0;
  let beforePrevious = 0;
  for (let i = 0; i < samples.length; i++) {
    const current = (samples[i] ?? 0) + coefficient * previous - beforePrevious;
    beforePrevious = previous;
    previous = current;
  }
  const power = previous ** 2 + beforePrevious ** 2 - coefficient * previous * beforePrevious;
  return (2 * Math.sqrt(Math.max(0, power))) / samples.length;
};
