import type { Queue, Treatment } from '../policy/queue.ts';
import { type Instant, later } from '../time.ts';
import type { CallState, Hearing } from './state.ts';

const weekMs = 7 * 24 * 3_600_000;

/** What this caller hears while waiting in this queue: by the first treatment that fits, or as the queue has it for all. */
export const hearingFor = (queue: Queue, call: CallState, at: Instant): Hearing => {
  const treatment = treatmentFor(queue, call, at);
  const messages = treatment?.messages ?? queue.messages;
  return { music: treatment?.music ?? queue.music, messages, said: 0, ...nextMessage(messages, at) };
};

/** What is said once, at entry. */
export const welcomeFor = (queue: Queue, call: CallState, at: Instant): readonly string[] =>
  treatmentFor(queue, call, at)?.welcome ?? [];

/** When the next message is due. */
export const nextMessage = (messages: Hearing['messages'], at: Instant): Pick<Hearing, 'messageAt'> =>
  messages.everyMs > 0 && messages.sounds.length > 0 ? { messageAt: later(at, messages.everyMs) } : {};

const treatmentFor = ({ treatments }: Queue, call: CallState, at: Instant): Treatment | undefined =>
  treatments.find((treatment) => fits(treatment, call, at));

const fits = ({ segment, language, callsAtLeast }: Treatment, call: CallState, at: Instant): boolean =>
  (segment === undefined || call.customer?.segment === segment) &&
  (language === undefined || call.language === language) &&
  (callsAtLeast === undefined || (call.lastCalls ?? []).filter((then) => at - then <= weekMs).length >= callsAtLeast);
