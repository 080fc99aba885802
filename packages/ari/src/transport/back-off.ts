const firstMs = 100;
const mostMs = 2000;

/**
 * How long to wait before the next try: 100 to 200 ms at first, twice as long each time, never more than 2 s. Half of
 * it is left to chance, so that the connections of one process do not all come at once.
 * @param failures how many tries have failed in a row, from 1
 * @param chance from 0 to 1
 */
export const backOffMs = (failures: number, chance: number): number =>
  Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 10) * (1 + chance));

/** A connection that has lasted so long was a good one: the next failure is the first again. */
export const provenAfterMs = mostMs;
