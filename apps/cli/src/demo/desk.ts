import { setTimeout as pause } from 'node:timers/promises';
import { CallEnded, type IncomingCall, NotInTime, type Phone } from '@cordboard/sip-lab';
import type { Dice } from './dice.ts';
import { type AnswerPlan, planAnswer } from './plan.ts';

const featureCodes = { signIn: '*11', pause: '*12', ready: '*13' } as const;
/** Long enough for what the phone says, and for the caller's patience. */
const featureCodeMs = 15_000;
const waitForCallMs = 3_600_000;
const endOfCallMs = 600_000;

/** Sits down at a desk phone: signs in, takes calls as people do, and goes on until `signal` is aborted. */
export const sitAt = async (phone: Phone, dice: Dice, signal: AbortSignal): Promise<void> => {
  await dial(phone, featureCodes.signIn);
  while (!signal.aborted) {
    try {
      const call = await phone.nextIncoming({ withinMs: waitForCallMs });
      await take(phone, call, planAnswer(dice), signal);
    } catch (error) {
      // The caller was quicker than the agent: ordinary.
      if (!(error instanceof CallEnded || error instanceof NotInTime) && !signal.aborted) throw error;
    }
  }
};

const take = async (phone: Phone, call: IncomingCall, plan: AnswerPlan, signal: AbortSignal): Promise<void> => {
  if (plan.does === 'let-it-ring') {
    await call.ended({ withinMs: endOfCallMs });
    return;
  }
  await pause(plan.afterMs, undefined, { signal });
  if (plan.does === 'decline') return call.decline();
  await call.answer();
  await call.established({ withinMs: 5000 });
  const over = await Promise.race([call.ended({ withinMs: endOfCallMs }), pause(plan.talkMs, undefined, { signal })]);
  if (over === undefined) await call.hangUp();
  if (plan.pauseMs === undefined) return;
  await dial(phone, featureCodes.pause);
  await pause(plan.pauseMs, undefined, { signal });
  await dial(phone, featureCodes.ready);
};

/** Dials a feature code and hears it out. */
const dial = async (phone: Phone, code: string): Promise<void> => {
  const call = await phone.dial(code);
  await call.ended({ withinMs: featureCodeMs });
};
