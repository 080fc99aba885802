import type { AgentStateName, AgentView, CallPlace, CallView } from '@cordboard/core';

const placeOrder: Readonly<Record<CallPlace, number>> = { waiting: 0, ringing: 1, talking: 2, menu: 3, ended: 4 };

/** When the clock that is shown for a call began: a wait goes on while phones ring. */
export const clockSince = ({ place, queuedAt, since }: CallView): number =>
  place === 'waiting' || place === 'ringing' ? (queuedAt ?? since) : since;

/** Who has waited longest first; then who is rung, who talks, who chooses. */
export const callsInOrder = (calls: Iterable<CallView>): readonly CallView[] =>
  [...calls].sort(
    (a, b) => placeOrder[a.place] - placeOrder[b.place] || clockSince(a) - clockSince(b) || (a.id < b.id ? -1 : 1),
  );

export const stateOrder = [
  'offered',
  'talking',
  'wrap-up',
  'ready',
  'paused',
  'signed-out',
] as const satisfies readonly AgentStateName[];

/** By state, and within one whoever has been in it longest first. */
export const agentsInOrder = (agents: Iterable<AgentView>): readonly AgentView[] =>
  [...agents].sort(
    (a, b) =>
      stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state) ||
      (a.state === 'signed-out' ? a.name.localeCompare(b.name) : a.since - b.since) ||
      (a.id < b.id ? -1 : 1),
  );
