/** What is told of many measurements, in their unit. */
export interface Summary {
  readonly count: number;
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
  readonly most: number;
}

/** @param q from 0 to 1. The smallest value that this share of all does not exceed. */
export const quantile = (values: readonly number[], q: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
};

export const summary = (values: readonly number[]): Summary => ({
  count: values.length,
  median: quantile(values, 0.5),
  p95: quantile(values, 0.95),
  p99: quantile(values, 0.99),
  most: quantile(values, 1),
});

/** Of pairs measured one right after the other, so that a machine that grows slow is slow for both. */
export interface Ratio {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export const ratioOf = (pairs: readonly (readonly [ours: readonly number[], theirs: readonly number[]])[]): Ratio => {
  const ratios = pairs.map(([ours, theirs]) => quantile(ours, 0.5) / quantile(theirs, 0.5));
  return { median: quantile(ratios, 0.5), least: quantile(ratios, 0), most: quantile(ratios, 1) };
};

/** Windows in which the least value is taken: what a garbage collector has not got to yet is no growth. */
const windows = 12;

/**
 * How much a value that saws up and down grows: the slope of a line through the least of each window (least squares).
 * @param points in order of x
 * @returns the value's unit for each of x; NaN for fewer than two windows
 */
export const leastSlope = (points: readonly (readonly [x: number, y: number])[]): number => {
  const size = Math.max(1, Math.floor(points.length / windows));
  const least: (readonly [x: number, y: number])[] = [];
  for (let from = 0; from + size <= points.length; from += size)
    least.push(points.slice(from, from + size).reduce((best, each) => (each[1] < best[1] ? each : best)));
  const mean = (of: 0 | 1): number => least.reduce((sum, point) => sum + point[of], 0) / least.length;
  const [x, y] = [mean(0), mean(1)];
  const spread = least.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
  return least.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0) / spread;
};
