/**
 * How long nothing may be heard of a holder before another takes over, in ms. Shorter than a second together with what
 * taking over takes (a look, the state, Asterisk: some 200 ms); longer than a process is kept from the processor on a busy
 * machine: a garbage collection is below 100 ms, and three renewals in a row have to come late.
 */
export const leaseMs = 700;

/** How often a holder renews, in ms. */
export const renewEveryMs = 200;

/** How often who stands by looks, in ms: a holder on the same machine that has died is replaced after this. */
export const lookEveryMs = 100;

/**
 * A process that was held up and finds the store away waits so long, in ms, before it goes on: had another taken over
 * meanwhile, Asterisk has told so by then.
 */
export const doubtMs = 1000;
