import { type Instant, later } from '../time.ts';
import type { Calendar } from './calendar.ts';
import { openAt } from './hours.ts';

const minuteMs = 60_000;
const strideMs = 15 * minuteMs;
const dayMs = 24 * 60 * minuteMs;

/**
 * When a calendar that is open now closes next by the clock, to the minute; a closing shorter than a quarter of an hour may
 * be passed over. It reads the wall clock of the time zone, so a change of daylight saving in between is in it.
 * @returns undefined when it is not open, or does not close within a day
 */
export const closesAt = (calendar: Calendar, at: Instant): Instant | undefined => {
  const isOpen = (when: Instant): boolean => openAt(calendar, when).open;
  if (!isOpen(at)) return undefined;
  const start = Math.floor(at / minuteMs) * minuteMs;
  for (let before = start; before - start < dayMs; before += strideMs) {
    const after = (before + strideMs) as Instant;
    if (!isOpen(after)) return firstClosed(before, after, isOpen);
  }
  return undefined;
};

/** When a calendar opens next, to the minute: now, when it is open. @returns undefined when it does not within eight days. */
export const opensAt = (calendar: Calendar, at: Instant): Instant | undefined => {
  const isOpen = (when: Instant): boolean => openAt(calendar, when).open;
  if (isOpen(at)) return at;
  const start = Math.floor(at / minuteMs) * minuteMs;
  for (let before = start; before - start < 8 * dayMs; before += strideMs) {
    const after = (before + strideMs) as Instant;
    if (isOpen(after)) return firstClosed(before, after, (when) => !isOpen(when));
  }
  return undefined;
};

const firstClosed = (open: number, closed: number, isOpen: (when: Instant) => boolean): Instant => {
  let [low, high] = [open, closed];
  while (high - low > minuteMs) {
    const middle = later(low as Instant, Math.floor((high - low) / 2 / minuteMs) * minuteMs);
    if (isOpen(middle)) low = middle;
    else high = middle;
  }
  return high as Instant;
};
