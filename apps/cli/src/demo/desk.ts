import { setTimeout as pause } from 'node:timers/promises';
import type { Presence } from '@cordboard/core';
import { CallEnded, CommandRefused, type IncomingCall, NotInTime, type Phone } from '@cordboard/sip-lab';
import type { Dice } from './dice.ts';
import { type AnswerPlan, planAnswer } from './plan.ts';

const featureCodes = { signIn: '*11', pause: '*12', ready: '*13' } as const;
/** Long enough for what the phone says. */
const featureCodeMs = 15_000;
const waitForCallMs = 60_000;
const endOfCallMs = 600_000;

/** The phone itself has broken down. */
export class PhoneBroken extends Error {
  override readonly name = 'PhoneBroken';
}

/**
 * Comes to the desk: becomes ready by the phone's own keys, whatever the agent was before (`*11` signs in and, said again,
 * out).
 * @param presence what call control knows of the agent; undefined for one who was never there
 */
export const sitDown = async (phone: Phone, presence: Presence['is'] | undefined): Promise<void> => {
  if (presence === 'ready') return;
  await dial(phone, presence === undefined || presence === 'signed-out' ? featureCodes.signIn : featureCodes.ready);
};

/**
 * Takes calls as people do, until the signal is aborted.
 * @throws PhoneBroken
 */
export const takeCalls = async (phone: Phone, dice: Dice, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    try {
      const call = await phone.nextIncoming({ withinMs: waitForCallMs });
      if (!isOver(phone, call)) await take(phone, call, planAnswer(dice), signal);
    } catch (error) {
      if (signal.aborted) return;
      if (phone.events.all.some(({ type }) => type === 'died')) throw new PhoneBroken('baresip has ended');
      if (!isOrdinary(error)) throw error;
    }
  }
};

/** It rang while nobody was there. */
const isOver = ({ events }: Phone, { id }: IncomingCall): boolean =>
  events.all.some(({ type, callId }) => type === 'ended' && callId === id);

/** Nobody called for a while, or the caller was quicker than the agent. */
const isOrdinary = (error: unknown): boolean =>
  error instanceof NotInTime || error instanceof CallEnded || error instanceof CommandRefused;

const take = async (phone: Phone, call: IncomingCall, plan: AnswerPlan, signal: AbortSignal): Promise<void> => {
  switch (plan.does) {
    case 'let-it-ring':
      await call.ended({ withinMs: endOfCallMs });
      return;
    case 'decline':
      await pause(plan.afterMs, undefined, { signal });
      return call.decline();
    case 'step-away':
      await pause(plan.forMs, undefined, { signal });
      // Whoever lets it ring too often is taken for gone, and paused.
      return dial(phone, featureCodes.ready);
    case 'answer':
      return talk(phone, call, plan, signal);
  }
};

const talk = async (
  phone: Phone,
  call: IncomingCall,
  { afterMs, talkMs, pauseMs }: Extract<AnswerPlan, { does: 'answer' }>,
  signal: AbortSignal,
): Promise<void> => {
  await pause(afterMs, undefined, { signal });
  await call.answer();
  await call.established({ withinMs: 5000 });
  const over = await Promise.race([call.ended({ withinMs: endOfCallMs }), pause(talkMs, undefined, { signal })]);
  if (over === undefined) await call.hangUp();
  if (pauseMs === undefined) return;
  await dial(phone, featureCodes.pause);
  await pause(pauseMs, undefined, { signal });
  await dial(phone, featureCodes.ready);
};

/** Dials a feature code and hears it out. */
const dial = async (phone: Phone, code: string): Promise<void> => {
  const call = await phone.dial(code);
  await call.ended({ withinMs: featureCodeMs });
};
