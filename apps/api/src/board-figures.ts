import {
  type AgentStateName,
  type Board,
  type BoardProjection,
  type CallPlace,
  type Direction,
  instant,
  type QueueSnapshot,
  type TrunkStateName,
} from '@cordboard/core';
import type { Measured, Metrics } from '@cordboard/telemetry';

/** What the board shows, as figures: read from it when they are asked for. */
export const boardFigures = (metrics: Metrics, board: Pick<BoardProjection, 'snapshot' | 'callbacks'>): void => {
  const shown = remembered(() => board.snapshot(instant(Date.now())));

  metrics.measure(
    'cordboard_calls',
    'Calls now, by where they are and which way they go.',
    ['place', 'direction'],
    () =>
      places.flatMap((place) =>
        directions.map((direction) => ({
          labels: { place, direction },
          value: count(shown().calls, (call) => call.place === place && call.direction === direction),
        })),
      ),
  );
  metrics.measure('cordboard_agents', 'Agents now, by state.', ['state'], () =>
    agentStates.map((state) => ({ labels: { state }, value: count(shown().agents, (agent) => agent.state === state) })),
  );
  metrics.measure('cordboard_agents_unreachable', 'Agents signed in whose phone is not registered.', [], () => [
    { labels: {}, value: count(shown().agents, ({ state, reachable }) => state !== 'signed-out' && !reachable) },
  ]);

  const perQueue = (name: string, help: string, read: (queue: QueueSnapshot) => number | null): void =>
    metrics.measure(name, help, ['queue'], () =>
      shown().queues.flatMap((queue) => {
        const value = read(queue);
        return value === null ? [] : [{ labels: { queue: queue.id }, value }];
      }),
    );
  perQueue('cordboard_queue_waiting', 'Callers in line now.', ({ waiting }) => waiting);
  perQueue(
    'cordboard_queue_longest_wait_seconds',
    'For how long the first of them has waited; 0: nobody waits.',
    ({ longest }) => (longest === null ? 0 : Math.max(0, Date.now() - longest.since) / 1000),
  );
  perQueue(
    'cordboard_queue_service_level_ratio',
    'Service level today, 0 to 1; absent before the first call.',
    ({ today }) => today.serviceLevel,
  );
  perQueue(
    'cordboard_queue_service_goal_ratio',
    'What the service level is to be, 0 to 1.',
    ({ target }) => target.goal,
  );
  perQueue(
    'cordboard_queue_abandoned_ratio',
    'Share of callers who gave up today, 0 to 1; absent before the first call.',
    ({ today }) => today.abandonRate,
  );
  metrics.measure('cordboard_queue_members', 'Members now, by state.', ['queue', 'state'], () =>
    shown().queues.flatMap((queue) =>
      Object.entries(queue.members).map(([state, value]) => ({
        labels: { queue: queue.id, state: kebab(state) },
        value,
      })),
    ),
  );
  metrics.measure('cordboard_callbacks_waiting', 'Callers who are promised to be called back.', ['queue'], () => {
    const tickets = board.callbacks();
    return shown().queues.map(({ id }) => ({
      labels: { queue: id },
      value: count(tickets, ({ queue }) => queue === id),
    }));
  });

  metrics.measure('cordboard_trunk_state', '1 for the state in which a trunk is.', ['trunk', 'state'], () =>
    shown().trunks.flatMap(({ id, is }) =>
      trunkStates.map((state) => ({ labels: { trunk: id, state }, value: is === state ? 1 : 0 })),
    ),
  );
  metrics.measure(
    'cordboard_trunk_round_trip_seconds',
    'How long a trunk took to say that it is there.',
    ['trunk'],
    () =>
      shown().trunks.flatMap(({ id, roundTripMs }): readonly Measured<'trunk'>[] =>
        roundTripMs === null ? [] : [{ labels: { trunk: id }, value: roundTripMs / 1000 }],
      ),
  );
};

/** All figures of one asking are read from one board. */
const rememberedMs = 100;
const remembered = (read: () => Board): (() => Board) => {
  let last: { readonly board: Board; readonly at: number } | undefined;
  return () => {
    const at = performance.now();
    if (last === undefined || at - last.at > rememberedMs) last = { board: read(), at };
    return last.board;
  };
};

const count = <T>(all: readonly T[], is: (one: T) => boolean): number => all.filter(is).length;
const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const directions: readonly Direction[] = ['in', 'out', 'internal'];
const places: readonly CallPlace[] = ['menu', 'waiting', 'ringing', 'talking'];
const agentStates: readonly AgentStateName[] = ['signed-out', 'ready', 'offered', 'talking', 'wrap-up', 'paused'];
const trunkStates: readonly TrunkStateName[] = [
  'unknown',
  'reachable',
  'registered',
  'unregistered',
  'unreachable',
  'rejected',
];
