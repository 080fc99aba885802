import type { Agent } from '../agent/agent.ts';
import { ask } from '../agent/step.ts';
import type { Extension } from '../ids.ts';
import type { AgentRequest } from './event.ts';
import type { Floor } from './floor.ts';
import type { Turn } from './turn.ts';

/** An agent signs in at this phone: calls come here, and the phone they had is not rung for them any more. */
export const sitDown = (home: Extension, at: Extension, turn: Turn, floor: Floor): string => {
  const agent = floor.ownerOfPhone(home);
  const sitting = floor.seatedAt(at);
  const isTaken = sitting !== undefined && sitting.id !== agent?.id && sitting.presence.is !== 'signed-out';
  if (agent === undefined || agent.engaged !== undefined || isTaken) return 'cordboard/not-an-agent';
  const signedIn = ask(agent, { to: 'sign-in' }, turn.at);
  const { seat: _, ...same } = typeof signedIn === 'string' ? agent : signedIn;
  floor.seats.move(agent, at);
  turn.agent(
    {
      ...same,
      ...atPhone(at, floor),
      ...(at === home ? {} : { seat: at }),
    },
    `*11${home} at phone ${at}`,
  );
  return 'cordboard/signed-in';
};

/** Who signs out sits at the phone of their own again. */
export const putAgent = (agent: Agent, because: string, request: AgentRequest, turn: Turn, floor: Floor): void => {
  const home = floor.seats.home(agent.id);
  if (agent.presence.is !== 'signed-out' || agent.seat === undefined || home === undefined) {
    turn.agent(agent, because, request);
    return;
  }
  const { seat: _, ...rest } = agent;
  floor.seats.move(agent, home);
  turn.agent({ ...rest, ...atPhone(home, floor) }, because, request);
};

/** What an agent has from the phone they sit at. */
const atPhone = (extension: Extension, floor: Floor): Pick<Agent, 'extension' | 'reachable' | 'doNotDisturb'> => {
  const reachable = floor.reachable.get(extension) ?? false;
  return { extension, reachable, doNotDisturb: floor.desks.get(extension)?.doNotDisturb ?? false };
};
