import type { AgentStateName } from '../agent/agent.ts';

/** How many agents are in which state. */
export interface StateCounts {
  readonly ready: number;
  readonly offered: number;
  readonly talking: number;
  readonly wrapUp: number;
  readonly paused: number;
  readonly signedOut: number;
}

export const countStates = (states: readonly AgentStateName[]): StateCounts => {
  const count = (name: AgentStateName): number => states.filter((state) => state === name).length;
  return {
    ready: count('ready'),
    offered: count('offered'),
    talking: count('talking'),
    wrapUp: count('wrap-up'),
    paused: count('paused'),
    signedOut: count('signed-out'),
  };
};
