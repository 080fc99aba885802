import { setPriority } from 'node:os';

/** As nice(1) counts: ordinary is 0. */
const niceness = 10;

/**
 * What nobody waits for lets call control, Asterisk and Redis go first where there are fewer processors than work: a record
 * may be written some milliseconds late. Not so the pages: a card is to be there before the phone rings.
 */
export const giveWayToCalls = (): void => setPriority(niceness);
