import type { Instant } from '@cordboard/core';
import type { Clock } from './ports/clock.ts';

/** Longer alarms are set again on the way: setTimeout counts in 31 bits. */
const longestMs = 2_147_483_000;

/** Wall-clock time as it was when the process began, and from there on the monotonic clock: no step of NTP is felt. */
export const systemClock = (): Clock => {
  const now = (): Instant => Math.round(performance.timeOrigin + performance.now()) as Instant;
  const alarm = (at: Instant, ring: () => void): (() => void) => {
    let timer: ReturnType<typeof setTimeout>;
    const arm = (): void => {
      const leftMs = at - now();
      // Timers may fire a little early; an alarm that rings before its time would not be believed.
      if (leftMs <= 0) ring();
      else timer = setTimeout(arm, Math.min(leftMs, longestMs));
    };
    timer = setTimeout(arm, Math.max(0, Math.min(at - now(), longestMs)));
    return () => clearTimeout(timer);
  };
  return { now, alarm };
};
