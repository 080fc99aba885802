import { callingBack } from './calling-back.ts';
import { consulting } from './consulting.ts';
import { dialling } from './dialling.ts';
import type { CallEvent } from './event.ts';
import { inFlow } from './in-flow.ts';
import { after, type Step, type Surroundings, stay } from './moves.ts';
import { offered } from './offered.ts';
import { queued } from './queued.ts';
import { recognised } from './recognised.ts';
import { ringing } from './ringing.ts';
import type { CallState } from './state.ts';
import { talking } from './talking.ts';
import { telling } from './telling.ts';
import { settled } from './transfer-settled.ts';

/** One event, one decision: what the call becomes, what is asked of the exchange, what happened. Pure. */
export const step = (call: CallState, event: CallEvent, around: Surroundings): Step =>
  settled(call, decided(call, event, around));

const decided = (call: CallState, event: CallEvent, around: Surroundings): Step => {
  if (event.type === 'CallerIdentified') return identified(call, event, around);
  switch (call.phase) {
    case 'in-flow':
      return inFlow(call, event, around);
    case 'queued':
      return queued(call, event, around);
    case 'offered':
      return offered(call, event, around);
    case 'ringing':
      return ringing(call, event, around);
    case 'calling-back':
      return callingBack(call, event, around);
    case 'dialling':
      return dialling(call, event, around);
    case 'telling':
      return telling(call, event);
    case 'talking':
      return talking(call, event, around);
    case 'consulting':
      return consulting(call, event, around);
    case 'ended':
      return ended(call, event);
  }
};

/** Known early or late: the call goes on as it was, unless it waits for just that, and the agent's card is filled in. */
const identified = (
  call: CallState,
  event: Extract<CallEvent, { type: 'CallerIdentified' }>,
  around: Surroundings,
): Step => {
  const { customer, lastCalls, tookMs } = event;
  const heard = lastCalls === undefined ? {} : { lastCalls };
  const known = { ...call, customer, ...heard };
  return after([], [{ type: 'CallerIdentified', customer, ...heard, tookMs }], knownNow(known, event, around));
};

const knownNow = (
  call: CallState,
  event: Extract<CallEvent, { type: 'CallerIdentified' }>,
  around: Surroundings,
): Step => {
  if (call.phase === 'in-flow' && call.doing.is === 'identifying') return inFlow(call, event, around);
  return call.phase === 'queued' ? recognised(call, event.at, around) : stay(call);
};

/** The caller has gone, but an agent's phone may answer for a moment yet. Let it go kindly. */
const ended = (call: CallState, event: CallEvent): Step =>
  event.type === 'LegAnswered' ? [call, [{ type: 'HangUp', channel: event.leg, cause: 'normal' }], []] : stay(call);
