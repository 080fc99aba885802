import type { In } from '../call/state.ts';
import type { Ticket } from '../callback/ticket.ts';
import type { Waiting } from '../routing/dispatcher.ts';

/** A waiting call as it stands in line. */
export const inLine = (call: In<'queued'>): Waiting => ({
  who: call.id,
  virtualArrival: call.virtualArrival,
  need: {
    queue: call.queue,
    policyVersion: call.policyVersion,
    requires: call.requires,
    ...(call.only === undefined ? {} : { only: call.only }),
  },
});

/** A promised callback as it stands in line: a ghost with the place that its caller had. */
export const ghostOf = ({ id, virtualArrival, queue, policyVersion, requires }: Ticket): Waiting => ({
  who: id,
  virtualArrival,
  need: { queue, policyVersion, requires },
});
