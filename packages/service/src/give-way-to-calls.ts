import { setPriority } from 'node:os';

/** As nice(1) counts: ordinary is 0. */
const niceness = 10;

/**
 * Whatever is not call control itself lets call control, Asterisk and Redis go first where there are fewer processors
 * than work: a page may come some milliseconds late, a phone that rings late is heard.
 */
export const giveWayToCalls = (): void => setPriority(niceness);
