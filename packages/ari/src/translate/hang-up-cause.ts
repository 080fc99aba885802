import type { HangUpCause, LegEnd } from '@cordboard/core';

/** ITU-T Q.850, which Asterisk speaks whatever the technology (include/asterisk/causes.h). */
const q850 = {
  normal: 16,
  busy: 17,
  'no-answer': 19,
  'answered-elsewhere': 26,
  unallocated: 1,
  congestion: 34,
} as const satisfies Record<HangUpCause, number>;

/** The cause to give when we end a leg, as ARI wants it. */
export const reasonCode = (cause: HangUpCause): string => String(q850[cause]);

/**
 * How a leg ended that was never answered, or a caller's that we did not answer.
 * @param cause Q.850, as Asterisk made it of the SIP status
 * @param sip the SIP status itself, where there was one
 */
export const legEndOf = (cause: number, sip?: number): LegEnd => {
  if (sip !== undefined) {
    const known = bySip[sip];
    if (known !== undefined) return known;
  }
  return byCause[cause] ?? 'failed';
};

/**
 * Several SIP statuses share a Q.850 cause: the status says more. 487 is the answer to our own CANCEL.
 */
const bySip: Readonly<Record<number, LegEnd>> = {
  404: 'unreachable',
  408: 'unreachable',
  410: 'unreachable',
  480: 'no-answer',
  486: 'busy',
  487: 'no-answer',
  503: 'unreachable',
  600: 'busy',
  603: 'refused',
  604: 'unreachable',
};

const byCause: Readonly<Record<number, LegEnd>> = {
  // Unallocated number; no route to the network, to the destination.
  1: 'unreachable',
  2: 'unreachable',
  3: 'unreachable',
  16: 'hung-up',
  17: 'busy',
  // No user responding; no answer.
  18: 'no-answer',
  19: 'no-answer',
  // Subscriber absent: no phone is registered.
  20: 'unreachable',
  21: 'refused',
  26: 'hung-up',
  // Destination out of order.
  27: 'unreachable',
  // Normal, unspecified.
  31: 'hung-up',
  // Network out of order; temporary failure.
  38: 'unreachable',
};
