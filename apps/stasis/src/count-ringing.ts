import type { AgentId, AgentView, CallId, Fact, Instant } from '@cordboard/core';
import type { Metrics } from '@cordboard/telemetry';

const soon = [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 5, 15, 60];

interface Waiting {
  /** Since when nobody's phone rings for the caller. */
  readonly since: Instant;
  /** When each phone that rings was decided upon. */
  readonly offeredAt: ReadonlyMap<AgentId, Instant>;
}

/**
 * How soon a phone rings: from the decision, and from the moment at which there was both a caller in line and an agent
 * free. The second is long where the rules make a caller wait: skills that are relaxed with time, a queue's own delays.
 */
export const countRinging = (metrics: Metrics): ((fact: Fact) => void) => {
  const fromOffer = metrics.histogram(
    'cordboard_offer_ring_seconds',
    'From the decision to offer a call to the ringing of the phone.',
    [],
    soon,
  );
  const fromFree = metrics.histogram(
    'cordboard_free_ring_seconds',
    'From a caller in line and a free agent to the ringing of the phone.',
    [],
    soon,
  );
  const waiting = new Map<CallId, Waiting>();
  /** When each agent became free last; until then nothing is known of them. */
  const freeAt = new Map<AgentId, Instant>();
  const free = new Set<AgentId>();

  const agentIs = ({ id, state, reachable }: AgentView, at: Instant): void => {
    if (state !== 'ready' || !reachable) {
      free.delete(id);
      return;
    }
    if (!free.has(id)) freeAt.set(id, at);
    free.add(id);
  };

  const rang = (call: CallId, agent: AgentId, at: Instant): void => {
    const offered = waiting.get(call);
    const offeredAt = offered?.offeredAt.get(agent);
    if (offered === undefined || offeredAt === undefined) return;
    fromOffer.observe((at - offeredAt) / 1000);
    fromFree.observe((at - Math.min(offeredAt, Math.max(offered.since, freeAt.get(agent) ?? offeredAt))) / 1000);
  };

  return (fact) => {
    switch (fact.type) {
      case 'AgentChanged':
        agentIs(fact.agent, fact.at);
        return;
      case 'ExchangeRecovered':
        for (const agent of fact.agents) agentIs(agent, agent.since);
        return;
      case 'CallQueued':
        waiting.set(fact.call, { since: fact.at, offeredAt: new Map() });
        return;
      case 'AgentOffered': {
        const known = waiting.get(fact.call);
        if (known !== undefined)
          waiting.set(fact.call, { ...known, offeredAt: new Map(known.offeredAt).set(fact.agent, fact.at) });
        return;
      }
      case 'PhoneRang':
        if (fact.agent !== null) rang(fact.call, fact.agent, fact.at);
        return;
      case 'OfferEnded':
        if (waiting.has(fact.call) && !fact.left) waiting.set(fact.call, { since: fact.at, offeredAt: new Map() });
        return;
      case 'QueueLeft':
      case 'CallEnded':
        waiting.delete(fact.call);
    }
  };
};
