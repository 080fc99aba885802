import { elapsedMs } from '../time.ts';
import type { CallEvent } from './event.ts';
import { after, end, type Step, stay, strayLeg } from './moves.ts';
import type { In } from './state.ts';

/** Two people talk. Whoever hangs up first ends it for both: a bridge in Asterisk never dissolves by itself. */
export const talking = (call: In<'talking'>, event: CallEvent): Step => {
  if (event.type !== 'LegEnded')
    return event.type === 'LegAnswered' && event.leg === call.leg ? stay(call) : strayLeg(call, event);
  if (event.leg !== call.caller && event.leg !== call.leg) return stay(call);
  const byCaller = event.leg === call.caller;
  return after(
    [
      { type: 'HangUp', channel: byCaller ? call.leg : call.caller, cause: 'normal' },
      { type: 'DestroyBridge', bridge: call.bridge },
    ],
    [],
    end(call, event.at, 'answered', byCaller ? 'caller' : 'agent', elapsedMs(call.phaseSince, event.at)),
  );
};
