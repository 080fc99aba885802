/** T1, and how often it doubles (RFC 3261 §17.1.1.2): half a second, then one, two, four. */
const firstMs = 500;
const times = 5;

/** Says something now, and again until it is stopped: UDP loses what comes too fast. @returns what stops it. */
export const insist = (say: () => void): (() => void) => {
  let timer: NodeJS.Timeout | undefined;
  const again = (afterMs: number, left: number): void => {
    say();
    timer = left > 1 ? setTimeout(again, afterMs, afterMs * 2, left - 1) : undefined;
    timer?.unref();
  };
  again(firstMs, times);
  return () => clearTimeout(timer);
};
