import type { CallEvent } from './event.ts';
import { inFlow } from './in-flow.ts';
import { type Step, type Surroundings, stay } from './moves.ts';
import { offered } from './offered.ts';
import { queued } from './queued.ts';
import { ringing } from './ringing.ts';
import type { CallState } from './state.ts';
import { talking } from './talking.ts';

/** One event, one decision: what the call becomes, what is asked of the exchange, what happened. Pure. */
export const step = (call: CallState, event: CallEvent, around: Surroundings): Step => {
  if (event.type === 'CallerIdentified') return identified(call, event.customer, event.tookMs);
  switch (call.phase) {
    case 'in-flow':
      return inFlow(call, event, around);
    case 'queued':
      return queued(call, event, around);
    case 'offered':
      return offered(call, event, around);
    case 'ringing':
      return ringing(call, event, around);
    case 'talking':
      return talking(call, event);
    case 'ended':
      return ended(call, event);
  }
};

/** Known early or late: the call goes on as it was, and the agent's card is filled in. */
const identified = (call: CallState, customer: (CallState['customer'] & {}) | null, tookMs: number): Step => [
  { ...call, customer },
  [],
  [{ type: 'CallerIdentified', customer, tookMs }],
];

/** The caller has gone, but an agent's phone may answer for a moment yet. Let it go kindly. */
const ended = (call: CallState, event: CallEvent): Step =>
  event.type === 'LegAnswered' ? [call, [{ type: 'HangUp', channel: event.leg, cause: 'normal' }], []] : stay(call);
