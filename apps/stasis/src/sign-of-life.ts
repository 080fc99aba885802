/** Well within the time after which a beat is forgotten. */
const everyMs = 500;

/** Beats while calls are under control. A beat that is missed says what it should: nobody is there. @returns how to stop. */
export const signOfLife = (isInControl: () => boolean, beat: () => Promise<void>): (() => void) => {
  const timer = setInterval(() => {
    // Redis being away is told by its connection, once, and not by every beat.
    if (isInControl()) beat().catch(() => undefined);
  }, everyMs);
  return () => clearInterval(timer);
};
