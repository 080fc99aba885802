import { callingBack } from './calling-back.ts';
import { addThird, withThird } from './conference.ts';
import { consulting } from './consulting.ts';
import { dialling } from './dialling.ts';
import type { CallEvent } from './event.ts';
import { inFlow } from './in-flow.ts';
import { lostNotLeft } from './lost.ts';
import { after, type Step, type Surroundings, stay } from './moves.ts';
import { offered } from './offered.ts';
import { park, parked } from './parked.ts';
import { queued } from './queued.ts';
import { recognised } from './recognised.ts';
import { ringing } from './ringing.ts';
import type { CallState, In } from './state.ts';
import { talking } from './talking.ts';
import { telling } from './telling.ts';
import { settled } from './transfer-settled.ts';

/** One event, one decision: what the call becomes, what is asked of the exchange, what happened. Pure. */
export const step = (call: CallState, event: CallEvent, around: Surroundings): Step =>
  settled(call, decided(call, event, around));

const decided = (call: CallState, event: CallEvent, around: Surroundings): Step => {
  if (event.type === 'LostWithAsterisk') {
    const gone = { type: 'LegEnded', at: event.at, leg: call.caller, cause: 'lost' } as const;
    return lostNotLeft(decided(call, gone, around));
  }
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
      return inConversation(call, event, around);
    case 'parked':
      return parked(call, event, around);
    case 'consulting':
      return consulting(call, event, around);
    case 'ended':
      return ended(call, event);
  }
};

const inConversation = (call: In<'talking'>, event: CallEvent, around: Surroundings): Step => {
  const { third, held } = call;
  // Whoever waits while the other is away is neither parked nor joined; a phone may hold a call to transfer it.
  if (event.type === 'Parked')
    return held === undefined || event.leg !== undefined ? park(call, event, around) : stay(call);
  if (event.type === 'ThirdWanted') return held === undefined ? addThird(call, event, around) : stay(call);
  return third === undefined ? talking(call, event, around) : withThird({ ...call, third }, event, around);
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
