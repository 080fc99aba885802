import type { Agent } from '../agent/agent.ts';
import { type AgentRefusal, ask } from '../agent/step.ts';
import type { Extension } from '../ids.ts';
import type { Instant } from '../time.ts';
import { deskCode } from './desk-code.ts';
import type { AgentRequest } from './event.ts';
import { slotDialled } from './parking.ts';
import { pickUpDialled } from './pick-up.ts';

/** What an agent dials at the desk phone: `*11` signs in, and out again; `*12` pauses; `*13` is ready again. */
export const featureRequest = (dialled: string, agent: Agent): AgentRequest | undefined => {
  switch (dialled) {
    case '*11':
      return { to: agent.presence.is === 'signed-out' ? 'sign-in' : 'sign-out' };
    case '*12':
      return { to: 'pause', reason: 'by phone' };
    case '*13':
      return { to: 'be-ready' };
    default:
      return undefined;
  }
};

/** `*11` and an agent's own extension: that agent signs in at this phone. */
export const seatDialled = (dialled: string): Extension | undefined =>
  /^\*11(\d{2,6})$/.exec(dialled)?.[1] as Extension | undefined;

export const isFeatureCode = (dialled: string): boolean =>
  seatDialled(dialled) !== undefined ||
  dialled === '*11' ||
  dialled === '*12' ||
  dialled === '*13' ||
  dialled === boxCode ||
  isSwitchCode(dialled) ||
  deskCode(dialled) !== undefined ||
  pickUpDialled(dialled) !== undefined ||
  slotDialled(dialled) !== undefined;

/** Any desk phone: the messages of its own box, for who knows the PIN. */
export const boxCode = '*98';

/** `*28` and the digits of a switch: turns it on, or off again. Any desk phone may. */
export const isSwitchCode = (dialled: string): boolean => /^\*28\d{1,4}$/.test(dialled);

/** What the phone says in answer. */
export const spokenAnswer = (
  agent: Agent,
  request: AgentRequest,
  at: Instant,
): { readonly sound: string; readonly result: Agent | AgentRefusal } => {
  const result = ask(agent, request, at);
  return { sound: typeof result === 'string' ? refused(result) : confirmations[request.to], result };
};

const refused = (because: AgentRefusal): string =>
  because === 'wrap-up-code-missing' ? 'cordboard/invalid' : 'cordboard/signed-out';

const confirmations = {
  'sign-in': 'cordboard/signed-in',
  'sign-out': 'cordboard/signed-out',
  pause: 'cordboard/paused',
  'be-ready': 'cordboard/ready',
  'wrapped-up': 'cordboard/ready',
} as const satisfies Record<AgentRequest['to'], string>;
