import type { Instant } from '../time.ts';
import { hearingFor } from './hearing.ts';
import { queueNodeOf } from './leave-line.ts';
import { after, type Step, type Surroundings, stay } from './moves.ts';
import { segmentPriority } from './node/queue.ts';
import { placed } from './queued.ts';
import type { In } from './state.ts';

/** A caller who waits already is known now: the place and the music that this customer would have had from the beginning. */
export const recognised = (call: In<'queued'>, at: Instant, around: Surroundings): Step => {
  const queue = around.queue(call.queue);
  if (queue === undefined) return stay(call);
  const { music, messages } = hearingFor(queue, call, at);
  const sounds = { ...call.treatment, music, messages };
  const change = call.announcing === undefined && music !== call.treatment.music;
  const priority = (queueNodeOf(call, around)?.priority ?? 0) + segmentPriority(queue, call);
  const next = { ...call, treatment: sounds };
  return after(
    change ? [{ type: 'StartMusic', channel: call.caller, music }] : [],
    [],
    priority > call.priority ? placed(next, priority, `segment ${call.customer?.segment ?? ''}`, around) : stay(next),
  );
};
