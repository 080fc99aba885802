import type { Caller, CallerOptions, IncomingCall, Phone, PhoneCall, UserAgent } from '@cordboard/sip-lab';
import type { House } from './house.ts';
import { agentAt } from './house-people.ts';

/** Somebody who has called, and whom the exchange knows of. */
export interface OnTheLine {
  readonly caller: Caller;
  readonly dialled: PhoneCall;
  /** The call, as the exchange names it. */
  readonly call: string;
}

/** Somebody calls; resolves when the board shows it. */
export const callIn = async (
  house: House,
  number: string,
  options: Partial<CallerOptions> = {},
): Promise<OnTheLine> => {
  const caller = await house.caller(options);
  const dialled = await caller.dial(number);
  return { caller, dialled, call: await house.callOf(caller) };
};

/** Somebody calls; resolves when they have come into line. */
export const lineUp = async (
  house: House,
  number: string,
  options: Partial<CallerOptions> = {},
): Promise<OnTheLine> => {
  const someone = await callIn(house, number, options);
  await house.factsOf(someone.call, 'CallQueued');
  return someone;
};

/** The phone rings, is answered, and both talk. */
export const answerAt = async (phone: Pick<UserAgent, 'nextIncoming'>, withinMs = 5000): Promise<IncomingCall> => {
  const ringing = await phone.nextIncoming({ withinMs });
  await ringing.answer();
  await ringing.established({ withinMs: 3000 });
  return ringing;
};

/** An agent comes to a phone and signs in, while callers wait perhaps: the phone may ring at once. */
export const startWork = async (house: House, extension: string): Promise<Phone> => {
  const agent = agentAt[extension];
  if (agent === undefined) throw new Error(`nobody sits at ${extension}`);
  const phone = await house.phone(extension);
  await house.signIn(agent);
  return phone;
};
