import type { CallState, Common } from '../call/state.ts';
import type { CallHappening } from '../fact/fact.ts';
import type { CallId, NodeId } from '../ids.ts';
import { featureFlow } from '../policy/lookup.ts';
import type { Instant } from '../time.ts';
import type { Arrival } from './event.ts';

/** A call of which nothing has been decided yet. */
export const newCall = (
  id: CallId,
  arrival: Arrival,
  at: Instant,
  known: Pick<Common, 'direction' | 'language' | 'policyVersion' | 'service' | 'callerAgent' | 'attributes'>,
): CallState => ({
  id,
  caller: arrival.channel,
  from: arrival.from,
  source: arrival.source,
  ani: arrival.ani,
  aniName: arrival.aniName,
  dnis: arrival.dnis,
  // Clocks of two machines may differ.
  arrivedAt: arrival.since !== undefined && arrival.since < at ? arrival.since : at,
  answered: false,
  music: false,
  phaseSince: at,
  made: 0,
  told: 0,
  ...known,
  phase: 'in-flow',
  flow: featureFlow,
  node: '' as NodeId,
  doing: { is: 'in-menu', tries: 0 },
});

/** The first that is told of a call. */
export const arrivalOf = (call: CallState): CallHappening => {
  const { from, direction, source, ani, aniName, dnis, language, policyVersion, attributes, callerAgent } = call;
  const { arrivedAt, phaseSince } = call;
  return {
    type: 'CallArrived',
    from,
    direction,
    source,
    ani,
    aniName,
    dnis,
    language,
    policyVersion,
    attributes,
    ...(arrivedAt < phaseSince ? { since: arrivedAt } : {}),
    ...(direction === 'out' && callerAgent !== undefined ? { agent: callerAgent } : {}),
  };
};
