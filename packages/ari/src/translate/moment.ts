import { type Instant, instant } from '@cordboard/core';

/** Asterisk writes the offset from UTC without a colon. Undefined when it cannot be read: who does not know when must not guess. */
export const momentIn = (time = ''): Instant | undefined => {
  const at = Date.parse(time);
  return Number.isNaN(at) ? undefined : instant(at);
};
