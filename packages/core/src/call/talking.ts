import { elapsedMs } from '../time.ts';
import type { CallEvent } from './event.ts';
import { follow } from './follow.ts';
import { hold } from './hold.ts';
import { mergedInto, partyReplaced } from './joining.ts';
import { after, end, endedBy, type Step, type Surroundings, stay, strayLeg } from './moves.ts';
import type { In } from './state.ts';
import { transferAsked } from './transferring.ts';

/**
 * Two people talk. Whoever hangs up first ends it for both: a bridge in Asterisk never dissolves by itself. Unless the
 * flow has something more for a caller whose agent has hung up.
 */
export const talking = (call: In<'talking'>, event: CallEvent, around: Surroundings): Step => {
  switch (event.type) {
    case 'LegEnded':
      return legEnded(call, event, around);
    case 'LegAnswered':
      return event.leg === call.leg ? stay(call) : strayLeg(call, event);
    case 'LegHeld':
    case 'LegResumed':
    case 'HoldAsked':
      return hold(call, event);
    case 'TransferAsked':
      return transferAsked(call, event, around);
    case 'PartyReplaced':
      return partyReplaced(call, event, around);
    case 'MergedInto':
      return mergedInto(call, event);
    default:
      return stay(call);
  }
};

const legEnded = (call: In<'talking'>, event: Extract<CallEvent, { type: 'LegEnded' }>, around: Surroundings): Step => {
  if (event.leg !== call.caller && event.leg !== call.leg) return stay(call);
  const byCaller = event.leg === call.caller;
  const talkedMs = elapsedMs(call.phaseSince, event.at);
  if (!byCaller && event.cause !== 'lost' && call.afterwards !== undefined)
    return goOn(call, call.afterwards, talkedMs, event, around);
  return after(
    [
      { type: 'HangUp', channel: byCaller ? call.leg : call.caller, cause: 'normal' },
      { type: 'DestroyBridge', bridge: call.bridge },
    ],
    [],
    end(call, event.at, 'answered', endedBy(call, byCaller), talkedMs),
  );
};

const goOn = (
  call: In<'talking'>,
  way: NonNullable<In<'talking'>['afterwards']>,
  talkedMs: number,
  { at }: CallEvent,
  around: Surroundings,
): Step => {
  const agent = call.agent ?? null;
  const talked = { agent, ms: talkedMs + (call.talked?.ms ?? 0) };
  return after(
    [{ type: 'DestroyBridge', bridge: call.bridge }],
    [{ type: 'ConversationEnded', agent, talkedMs }],
    follow({ ...call, talked }, { ...way, because: 'the agent has hung up' }, at, around),
  );
};
